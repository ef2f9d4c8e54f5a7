"""Rooms: those near, mine, my own boards, and one room with its board, talk and people."""
