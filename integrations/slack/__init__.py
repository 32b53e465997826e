"""Account Coach inside Slack.

What people see     blocks, texts, home
What comes in       incoming, listeners
What is promised    journal: every question recorded, worked on once, answered once
What goes out       replies
The process         desk (working on questions), app (connections, start and stop), health, manifest
"""
