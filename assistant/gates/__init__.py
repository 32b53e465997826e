"""What a drafted claim must pass before anyone sees it, one file a kind of fact."""
