"""What `frameworks-bot doctor` looks at, a module each: Slack, this machine, one picture."""
