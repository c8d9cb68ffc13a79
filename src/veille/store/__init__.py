"""The only room that speaks SQL: one file per group of questions, each taking the connection first."""

from sqlalchemy import Connection

__all__ = ["Connection"]
