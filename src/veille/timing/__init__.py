"""When: the next poll, the next attempt, the end of the quiet hours, the digest that is due. Pure."""
