"""Conditions over state vars, for the type checker's sake: it sees the value of a var where Python sees the var."""

import functools
import operator

import reflex as rx


def count_of(items: object) -> rx.Var[int]:
    """How many things a list var has in it."""
    return rx.Var.create(items).to(list).length()


def has_items(items: object) -> rx.Var[bool]:
    """Whether a list var has anything in it."""
    return rx.Var.create(items).to(list).length() > 0


def has_several(items: object) -> rx.Var[bool]:
    """Whether a list var has more than one item."""
    return rx.Var.create(items).to(list).length() > 1


def any_of(*conditions: object) -> rx.Var[bool]:
    """Whether at least one of the conditions holds."""
    truths: list[rx.Var[bool]] = [rx.Var.create(condition).bool() for condition in conditions]
    return functools.reduce(operator.or_, truths)


def all_of(*conditions: object) -> rx.Var[bool]:
    """Whether all of the conditions hold."""
    truths: list[rx.Var[bool]] = [rx.Var.create(condition).bool() for condition in conditions]
    return functools.reduce(operator.and_, truths)


def none_of(*conditions: object) -> rx.Var[bool]:
    """Whether none of the conditions holds."""
    return ~any_of(*conditions)


def text_of(*parts: object) -> rx.Var[str]:
    """Texts and vars, one after the other."""
    # Formatting a var leaves a mark in the text that becomes the var again.
    return rx.Var.create("".join(f"{part}" for part in parts))
