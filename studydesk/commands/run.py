"""Runs a command on a desk: in this process, or for another process that knocks at the owner's door."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from studydesk.commands import desk_commands, doctor, room_commands
from studydesk.commands.call import Call, Command, plain_value
from studydesk.commands.parser import parse
from studydesk.foundation.errors import UsageFault
from studydesk.services.desk import Desk
from studydesk.services.owner import Handler, Request, Say

COMMANDS: dict[str, Command] = {
    "import": desk_commands.bring_in,
    "export": desk_commands.export,
    "search": desk_commands.search,
    "note new": desk_commands.note_new,
    "note show": desk_commands.note_show,
    "note list": desk_commands.note_list,
    "task add": desk_commands.task_add,
    "task list": desk_commands.task_list,
    "task done": desk_commands.task_done,
    "resource add": desk_commands.resource_add,
    "resource list": desk_commands.resource_list,
    "card add": desk_commands.card_add,
    "card list": desk_commands.card_list,
    "review due": desk_commands.review_due,
    "backup": desk_commands.backup,
    "board new": desk_commands.board_new,
    "board list": desk_commands.board_list,
    "doctor": doctor.examine,
    "peers": room_commands.peers,
    "room create": room_commands.create,
    "room list": room_commands.list_rooms,
    "room host": room_commands.host,
    "room join": room_commands.join,
    "room say": room_commands.say_text,
    "room sync": room_commands.sync,
    "room log": room_commands.log,
    "room token": room_commands.token,
    "room export": room_commands.export,
}


def command_name(words: argparse.Namespace) -> str:
    """Return the name of the command in the table."""
    verb = getattr(words, "verb", None)
    return f"{words.command} {verb}" if verb else str(words.command)


async def run(desk: Desk, words: argparse.Namespace, directory: Path, say: Say, gone: asyncio.Event) -> int:
    """Do what the words say; return the exit status. Raises Fault."""
    command = COMMANDS.get(command_name(words))
    if command is None:
        raise UsageFault(f"There is no command “{command_name(words)}”. studydesk --help lists them.")
    return await command(Call(desk, words, directory, lambda value: say(plain_value(value)), gone))


def door_handler(desk: Desk) -> Handler:
    """Return what the owner of a desk does for others that knock."""

    async def handle(request: Request, say: Say, gone: asyncio.Event) -> int:
        words = parse(request.arguments)
        if words.command is None:
            from studydesk.services.room.events import Handover

            desk.events.publish(Handover(tuple(words.files)))
            return 0
        return await run(desk, words, request.directory, say, gone)

    return handle
