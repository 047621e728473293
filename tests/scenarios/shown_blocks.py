"""What stands in a message that was posted."""

from playground.state import PostedMessage


def kinds(message: PostedMessage) -> list[str]:
    """Name the blocks of a message in order."""
    return [block["type"] for block in message.blocks]
