"""Words and pictures: from an alert or a digest to a message in the reader's language."""

from veille.rendering.page import digest_page
from veille.rendering.renderer import Renderer

__all__ = ["Renderer", "digest_page"]
