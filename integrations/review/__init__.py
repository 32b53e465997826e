"""Coach review: what comes before coaches, what they say, what follows.

What comes in       intake, queue (with queue_rows), missed, gaps
What coaches do     cases, coaching, corrections (with correction_rows and files), stale
What follows        errands (what the bot has to say), erasing
What is counted     stats, document_use, agreement, digest, library_history
Who may see it      answer_rights
Commands            command, commands, showing, proposals
Joined              reviewing
"""
