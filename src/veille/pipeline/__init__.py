"""The way of the data, one verb a file.

    poll      claim what is due, ask it, read the answer      (threads)
    ingest    match, place, score, save                       one transaction a page
    assess    detect, decide, render, enqueue                 one transaction a client
    digest    compose, render, enqueue                        one transaction a person
    deliver   claim, send, settle                             (threads)
    prune     let go of what is older than agreed

Between `save` and `send` the stages meet in tables only, so that each can be run again after a crash.
"""
