"""The Web API's methods, one module a family; `METHODS` is the list of all. What is not in it is `unknown_method`."""

from playground.methods import chat, conversations, files, functions_ended, links, oauth_access, users, views

METHODS = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **functions_ended.METHODS,
    **links.METHODS,
    **oauth_access.METHODS,
    **users.METHODS,
    **views.METHODS,
}
