"""Account Coach inside Slack.

What people see     blocks, texts, home
What comes in       incoming, listeners
What is promised    journal: every question recorded, worked on once, answered once
What goes out       replies
The workspaces      teams (whose token speaks where), installs (workspaces that come by OAuth)
The process         desk (working on questions), app (start and stop), sockets and http (the two ways in),
                    health, metrics, manifest
"""
