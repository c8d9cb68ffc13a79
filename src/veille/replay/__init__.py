"""Past items through the same pipeline: a simulated clock, a passing database, nothing sent.

items     lines or stored entries -> what was published, and when it was seen
scene     whose settings -> an installation whose sources are those of the items
ahead     items -> whom they concern and how urgent they are, worked out before their moment in other processes
house     the parts: a clock that is put, a database of its own, no fetcher, no notifier
play      moment after moment -> the pipeline's stages
told      what happened -> the events of events.schema.json
"""
