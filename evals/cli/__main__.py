"""`python -m evals.cli` is `coach`."""

import sys

from evals.cli import main

sys.exit(main())
