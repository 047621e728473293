"""
Answering: request -> which readings -> the one question that fits -> `Answer`. One module a kind of reading.

A module `answer_...` decides what to answer from (live, stored, stale, sample) and counts nothing itself. Each has
`answer(request, context, as_of)`; `analyst` imports it when its first question comes.
"""
