"""Coach review inside Slack.

cards (what the coaches' channel shows), modals (verdict, correction), home (the queue in the App Home) and words are
pure; forms reads what was typed; coaches listens to clicks; errands says what is to be said, with board (cards and
marks) and asker (whoever asked).
"""
