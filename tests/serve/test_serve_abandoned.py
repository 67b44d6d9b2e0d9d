"""Kernels whose page is gone end, and those of pages that are there live."""

import asyncio
import time

import psutil
import websockets
from serving import Server, Start, end_page, open_page

from tmjkit.serve.abandoned import Abandoned


def socket_of(server: Server, cookies: str, kernel: str) -> "websockets.connect":
    return websockets.connect(
        f"ws://{server.host}/api/kernels/{kernel}/channels?session_id=x",
        additional_headers={"Cookie": cookies, "Origin": f"http://{server.host}"},
    )


def test_a_page_that_lost_its_socket_loses_its_kernel_after_the_grace(start: Start) -> None:
    server = start(grace_seconds=0.2)
    with server.client() as client:
        _, gone = open_page(client, "case")
        (first,) = server.kernels()
        _, stays = open_page(client, "case")
        (second,) = [one for one in server.kernels() if one != first]
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())

        async def close_one_and_keep_the_other() -> list[psutil.Process]:
            async with socket_of(server, cookies, stays):
                async with socket_of(server, cookies, gone):
                    pass
                # Without a word from the page: neither its request at closing nor the culling,
                # which comes after 15 minutes here.
                return (await asyncio.to_thread(psutil.wait_procs, [first], 30))[1]

        assert asyncio.run(close_one_and_keep_the_other()) == []
        assert second.is_running()
        assert psutil.wait_procs([second], timeout=30)[1] == []
        assert client.get(f"/api/kernels/{gone}").status_code == 404


def test_a_page_that_says_it_is_there_keeps_its_kernel(start: Start) -> None:
    server = start(grace_seconds=2)
    with server.client() as client:
        _, kernel = open_page(client, "case")
        (process,) = server.kernels()
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())

        async def visit() -> None:
            async with socket_of(server, cookies, kernel):
                pass

        asyncio.run(visit())
        awake = {"_xsrf": client.cookies["_xsrf"]}
        end = time.monotonic() + 4  # twice the grace
        while time.monotonic() < end:
            assert client.post(f"/awake/{kernel}", data=awake).status_code == 204
        assert process.is_running()
        end_page(client, kernel)


def test_who_comes_back_in_time_is_kept() -> None:
    async def wait() -> list[str]:
        ended: list[str] = []
        over = asyncio.Event()

        async def end(name: str) -> None:
            ended.append(name)
            over.set()

        abandoned = Abandoned(end)
        abandoned.wait("back", 0.01)
        abandoned.wait("seen", 0.01)
        abandoned.wait("seen", 60)
        abandoned.keep("back")
        abandoned.keep("never there")
        abandoned.wait("gone", 0.02)
        assert "gone" in abandoned
        await asyncio.wait_for(over.wait(), 10)
        assert "gone" not in abandoned
        assert "seen" in abandoned
        abandoned.keep("seen")
        return ended

    assert asyncio.run(wait()) == ["gone"]
