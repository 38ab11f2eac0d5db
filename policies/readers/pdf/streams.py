"""Compressed streams of a PDF, measured before anything unpacks them whole."""

from __future__ import annotations

import re
import zlib

from ..limits import Limits, Unreadable

STREAM = re.compile(rb"stream\r?\n")
BOMB = "The PDF unpacks to far more than a document holds and is refused: print it anew as PDF."
# What a single stream may unpack to, as a share of all: one in ...
SHARE = 8
STEP = 256 * 1024
NESTED = 3
ZLIB = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")
IMAGE = b"/Image"
DICTIONARY = 600


def check_streams(data: bytes, limits: Limits) -> None:
    """Raise Unreadable if a stream of `data` unpacks beyond its share of `limits.max_unpacked`.

    Pictures are never unpacked by the reader, yet count for the whole.
    """
    total = 0
    for match in STREAM.finditer(data):
        start = match.end()
        if data[start : start + 2] not in ZLIB:
            continue
        head = data[max(match.start() - DICTIONARY, 0) : match.start()]
        is_image = IMAGE in head[head.rfind(b"obj") + 1 :]
        most = limits.max_unpacked // (1 if is_image else SHARE)
        size = _unpacked_size(data, start, most, 0)
        total += 0 if is_image else size
        if size > most or total > limits.max_unpacked:
            raise Unreadable(BOMB)


def _unpacked_size(data: bytes, start: int, most: int, depth: int) -> int:
    """What unpacks from `start` on, in bytes, counted no further than just past `most`."""
    unpacker = zlib.decompressobj()
    size = 0
    chunk = data[start : start + STEP]
    place = start + len(chunk)
    inner = b""
    while size <= most and not unpacker.eof:
        try:
            piece = unpacker.decompress(chunk, STEP)
        except zlib.error:
            break
        size += len(piece)
        if depth < NESTED and (inner or piece[:2] in ZLIB) and len(inner) < most:
            inner += piece if size == len(piece) or inner else b""
        chunk = unpacker.unconsumed_tail
        if not chunk:
            chunk = data[place : place + STEP]
            place += len(chunk)
        if not chunk and not piece:
            break
    if inner:
        size = max(size, _unpacked_size(inner, 0, most, depth + 1))
    return size
