"""The finsy side of the controller bench: writes and reads the entries of one table through finsy's public API.

Arguments: folder of finsy, address, P4Info (text), device config, number of entries, entries to a batch.
Prints one line of JSON: entries per second.
"""

import asyncio
import json
import logging
import sys
import time
from pathlib import Path

FOLDER, ADDRESS, P4INFO, P4BLOB, COUNT, BATCH = sys.argv[1:7]
sys.path.insert(0, FOLDER)

import finsy  # noqa: E402

TABLE = "ingress.cache.keys"
ACTION = "ingress.cache.cached"
SAMPLES = 3


def entry(number: int, generation: int):
    return finsy.P4TableEntry(
        TABLE,
        match=finsy.P4TableMatch({"hdr.kv.key": (number + 1) << 90}),
        action=finsy.P4TableAction(ACTION, index=number & 4095, generation=generation),
    )


async def timed(send, entries) -> float:
    size = int(BATCH)
    begun = time.perf_counter()
    for first in range(0, len(entries), size):
        await send(entries[first : first + size])
    return len(entries) / (time.perf_counter() - begun)


async def main() -> None:
    logging.getLogger("finsy").setLevel(logging.ERROR)
    options = finsy.SwitchOptions(p4info=Path(P4INFO), p4blob=Path(P4BLOB))
    rates: dict[str, list[float]] = {"insert": [], "modify": [], "delete": [], "read": []}
    async with finsy.Switch("bench", ADDRESS, options) as switch:
        for sample in range(SAMPLES):
            first = [entry(i, 1) for i in range(int(COUNT))]
            second = [entry(i, 2) for i in range(int(COUNT))]
            rates["insert"].append(await timed(switch.insert, first))
            rates["modify"].append(await timed(switch.modify, second))
            begun = time.perf_counter()
            held = 0
            async for _ in switch.read(finsy.P4TableEntry(TABLE)):
                held += 1
            if held != int(COUNT):
                raise RuntimeError(f"{held} entries came back")
            rates["read"].append(held / (time.perf_counter() - begun))
            rates["delete"].append(await timed(switch.delete, second))
    print(json.dumps({name: sorted(values)[SAMPLES // 2] for name, values in rates.items()}))


asyncio.run(main())
