"""What mailbox_command_fr.eml holds."""

ENTRIES = []
