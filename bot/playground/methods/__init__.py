"""The Web API's methods, one module a family; `METHODS` is the list of all. What is not in it is `unknown_method`."""

from bot.playground.methods import chat, conversations, files, people, views

METHODS = {**chat.METHODS, **conversations.METHODS, **files.METHODS, **people.METHODS, **views.METHODS}
