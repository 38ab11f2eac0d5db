"""The bytes in which a term's records of one block are kept, field by field.

A field is one byte, the length of what follows, and the low 16 bits of the
ids: the plain numbers where they are few, a roaring bitmap where they are many.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Mapping
from typing import Protocol

from pyroaring import BitMap

BLOCK = 1 << 16
# Up to so many ids the plain numbers are smaller than the bitmap with its head.
FEW = 32
_HEAD = struct.Struct("<BI")
_ROARING = 0x80


class Ids(Protocol):
    """Ids in their order: a bitmap, or a list that somebody made so."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[int]: ...


def block_of(record_id: int) -> int:
    """The block in which a record stands."""
    return record_id // BLOCK


def pack(fields: Mapping[int, Ids]) -> bytes:
    """The ids of each field, low 16 bits, in their order, as bytes; empty where there are none."""
    out = bytearray()
    for field, ids in sorted(fields.items()):
        if not ids:
            continue
        if len(ids) <= FEW:
            data = array("H", ids).tobytes()
            out += _HEAD.pack(field, len(data)) + data
        else:
            bitmap = BitMap(ids)
            bitmap.run_optimize()
            data = bitmap.serialize()
            out += _HEAD.pack(field | _ROARING, len(data)) + data
    return bytes(out)


def unpack(data: bytes) -> dict[int, BitMap]:
    """What `pack` packed."""
    fields = {}
    view, place = memoryview(data), 0
    while place < len(view):
        field, length = _HEAD.unpack_from(view, place)
        place += _HEAD.size
        payload = bytes(view[place : place + length])
        place += length
        if field & _ROARING:
            fields[field & ~_ROARING] = BitMap.deserialize(payload)
        else:
            few = array("H")
            few.frombytes(payload)
            fields[field] = BitMap(few.tolist())
    return fields


def placed(ids: BitMap, block: int) -> BitMap:
    """The ids of a block as ids of records."""
    return ids.shift(block * BLOCK) if block else ids
