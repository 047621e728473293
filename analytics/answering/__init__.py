"""
Request -> what to answer from -> the one question that fits -> `Answer`. One module `answer_...` a kind of source.

Each decides what to answer from (live, stored, stale, sample) and counts nothing itself. Each has
`answer(request, context, as_of)`; `analyst` imports it when its first question comes. What reads through a cache stands
beside them: top lists, single models, lists out of the census.
"""
