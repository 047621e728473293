"""A local stand-in for Slack with a web page, so that anyone can try the bot without a workspace."""
