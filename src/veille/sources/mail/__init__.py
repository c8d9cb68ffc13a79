"""What the `mailbox` connector is made of: hostile MIME read with care, known senders as data, and all other mail.

bytes -> letter -> [ours, answers of machines: left out] -> a known sender's items, else the general reader's one
"""
