"""Many workspaces from one process: their installations, how they come and go, and what is left of those that went."""
