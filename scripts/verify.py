#!/usr/bin/env python3
"""Check whether a folder, zip or CAR is a true and whole edition of a site.

    python3 verify.py --key FILE [--key FILE ...] [--threshold N] TARGET
    python3 verify.py --trust CLONE TARGET

It was written from docs/spec.md alone, shares no code with the project's own checker, and needs
nothing but Python 3.9 or newer: whoever doubts the one can ask the other. Functions follow the
sections of the specification in its order, and findings name its rules.

It reads the target and the trust, writes nothing, follows no link, and uses no network.
Exit codes (V-2): 0 authentic, 1 any other verdict, 2 no check could be made.
"""

import argparse
import base64
import contextlib
import datetime
import functools
import hashlib
import io
import json
import os
import re
import stat
import struct
import sys
import unicodedata
import zlib

MIB = 1 << 20
SHOWN_FINDINGS = 500

# From the gravest to the lightest (V-1).
VERDICTS = ("unreachable", "mixed", "tampered", "injected", "incomplete", "too new", "forked",
            "rolled back", "stale", "unsigned", "authentic")


class Refused(Exception):
    """A thing that breaks a rule, and is treated as not there."""

    def __init__(self, verdict, rule, text):
        super().__init__(text)
        self.verdict, self.rule, self.text = verdict, rule, text


class NoCheck(Exception):
    """Wrong use, no key, a target that is none, or broken trust: exit code 2."""


class Findings(list):
    """What was found: (verdict, rule, path, text)."""

    def add(self, verdict, rule, path, text):
        self.append((verdict, rule, path, text))

    @contextlib.contextmanager
    def about(self, path):
        """What is refused in this block is a finding about the path, and ends the block."""
        try:
            yield
        except Refused as error:
            self.add(error.verdict, error.rule, path, error.text)

    def verdict(self):
        found = {item[0] for item in self}
        return next((verdict for verdict in VERDICTS if verdict in found), "authentic")


def need(condition, rule, text, verdict="tampered"):
    if not condition:
        raise Refused(verdict, rule, text)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def from_base64(text, length, rule, what):
    """Decode base64 that is what encoding its bytes again gives: one key has one spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    right = len(data) == length and base64.b64encode(data).decode() == text
    need(right, rule, "%s is not base64 of %d bytes" % (what, length))
    return data


def decode(data, rule, what):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("tampered", rule, what + " is not UTF-8") from None


# --- 1. Targets ---------------------------------------------------------------------------------

MAX_FILE = 2_048 * MIB
MAX_FOLDER_BYTES = 12_288 * MIB
MAX_LISTED = 200_000
MAX_DEPTH = 32


class Blob:
    """A file or bytes, read from any place; its size is fixed when it is opened."""

    def __init__(self, stream, size, spend=None):
        self.stream, self.size, self.spend = stream, size, spend

    def at(self, offset, length):
        """Exactly so many bytes. The caller has compared them with the size."""
        if self.spend:
            self.spend(length)
        try:
            self.stream.seek(offset)
            data = self.stream.read(length)
        except OSError as error:
            raise Refused("incomplete", "G-4", "it cannot be read: %s" % error.strerror) from None
        need(len(data) == length, "G-4", "it became shorter while it was read", "incomplete")
        return data

    def chunks(self):
        for offset in range(0, self.size, MIB):
            yield self.at(offset, min(MIB, self.size - offset))


def is_irregular(info):
    """G-3: neither a regular file nor a folder; links and junctions of Windows too."""
    junction = getattr(info, "st_reparse_tag", 0) in (0xA0000003, 0xA000000C)
    return junction or not (stat.S_ISREG(info.st_mode) or stat.S_ISDIR(info.st_mode))


@contextlib.contextmanager
def opened(path, spend=None):
    """A regular file, opened without following a link or waiting for a pipe (G-2).

    What the user names is handed in by its real path.
    """
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    try:
        if is_irregular(os.lstat(path)):
            raise OSError(0, "it is no regular file, and no link is followed")
        stream = os.fdopen(os.open(path, flags), "rb")
    except ValueError as error:  # A zero byte in a name.
        raise Refused("incomplete", "G-4", "it cannot be read: %s" % error) from None
    except OSError as error:
        raise Refused("incomplete", "G-4", "it cannot be read: %s" % error.strerror) from None
    with stream:
        info = os.fstat(stream.fileno())
        need(stat.S_ISREG(info.st_mode), "G-2", "it is no regular file", "incomplete")
        yield Blob(stream, info.st_size, spend)


class Tree:
    """What is checked: the sizes of files by their paths, and folders without a file below them.

    FolderTree, ZipTree, CarTree and RootTree give `chunks`. What is `around` the root (G-5) is
    judged by its path from the top, in the tree `whole`.
    """

    def __init__(self):
        self.sizes, self.empty_folders, self.findings = {}, [], Findings()
        self.whole, self.around, self.empty_around = self, [], []

    def read(self, path, limit, rule):
        """All bytes of a file; one that is longer than its rule allows is tampered (G-4)."""
        need(self.sizes[path] <= limit, rule, "it has more than %d bytes" % limit)
        return b"".join(self.chunks(path))

    def hash(self, path):
        digest = hashlib.sha256()
        for chunk in self.chunks(path):
            digest.update(chunk)
        return digest.hexdigest()

    @contextlib.contextmanager
    def blob(self, path):
        data = b"".join(self.chunks(path))
        yield Blob(io.BytesIO(data), len(data))


def folders_above(path):
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)


def without_files(folders, files):
    """The folders that have no file below them."""
    full = set()
    for path in files:
        full.update(folders_above(path))
    return sorted(set(folders) - full)


class FolderTree(Tree):
    """G-2 to G-4: a folder, listed once; files are opened only when a rule reads them."""

    def __init__(self, root):
        super().__init__()
        self.root, self.spent = root, 0
        folders, unread, irregular, waiting = [], set(), [], [("", 0)]
        while waiting:
            folder, depth = waiting.pop()
            try:
                with os.scandir(os.path.join(root, *folder.split("/"))) as entries:
                    found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
            except OSError as error:
                if not folder:
                    raise NoCheck("The folder cannot be read: %s." % error.strerror) from None
                self.findings.add("injected", "F-3", folder, "this folder may not be read")
                unread.add(folder)
                continue
            for name, info in found:
                path = folder + "/" + name if folder else name
                if is_irregular(info):
                    irregular.append(path)
                    self.findings.add("injected", "G-3", path, "neither a file nor a folder")
                elif stat.S_ISDIR(info.st_mode):
                    folders.append(path)
                    waiting.append((path, depth + 1))
                else:
                    self.sizes[path] = info.st_size
            if depth > MAX_DEPTH or len(self.sizes) + len(irregular) > MAX_LISTED:
                raise NoCheck("The folder has more than %d files, or more than %d folders are "
                              "below each other (G-4)." % (MAX_LISTED, MAX_DEPTH))
        self.empty_folders = without_files(set(folders) - unread, list(self.sizes) + irregular)

    def spend(self, count):
        self.spent += count
        need(self.spent <= MAX_FOLDER_BYTES, "G-4", "more than 12 GiB would have to be read")

    def blob(self, path):
        return opened(os.path.join(self.root, *path.split("/")), self.spend)

    def chunks(self, path):
        with self.blob(path) as blob:
            need(blob.size <= MAX_FILE, "G-4", "it has more than 2 GiB")
            grown = blob.size > self.sizes[path]
            need(not grown, "G-4", "it became longer while it was read", "incomplete")
            yield from blob.chunks()


class RootTree(Tree):
    """G-5: the one folder at the top that is the root, and what is around it."""

    def __init__(self, whole, root):
        super().__init__()
        self.whole, self.prefix, self.findings = whole, root + "/", whole.findings
        cut = len(self.prefix)
        for path, size in whole.sizes.items():
            if path.startswith(self.prefix):
                self.sizes[path[cut:]] = size
            else:
                self.around.append(path)
        for path in whole.empty_folders:
            if path.startswith(self.prefix):
                self.empty_folders.append(path[cut:])
            else:
                self.empty_around.append(path)

    def chunks(self, path):
        return self.whole.chunks(self.prefix + path)

    def blob(self, path):
        return self.whole.blob(self.prefix + path)


def at_root(tree):
    """G-5: the tree, or the one folder in it that is the root."""
    names = ("SHA256SUMS", "EDITION.txt")
    roots = {path.split("/")[0] for path in tree.sizes if path.split("/")[1:] in
             ([name] for name in names)}
    if len(roots) == 1 and not any(name in tree.sizes for name in names):
        return RootTree(tree, roots.pop())
    return tree


@contextlib.contextmanager
def opened_target(path):
    """G-1: what the target is. Refused is an archive that may not be read at all."""
    try:
        real = os.path.realpath(path)
        info = os.lstat(real)
    except (OSError, ValueError):
        raise NoCheck("There is nothing at %s (G-1)." % quoted(path)) from None
    if stat.S_ISDIR(info.st_mode) and not is_irregular(info):
        yield at_root(FolderTree(real))
        return
    with contextlib.ExitStack() as stack:
        try:
            blob = stack.enter_context(opened(real))
            head = blob.at(0, min(12, blob.size))
        except Refused as error:
            raise NoCheck("%s: %s (G-1)." % (quoted(path), error.text)) from None
        name = path.lower()
        is_car = b"roots" in head[1:12] or b"version" in head[1:12] or name.endswith(".car")
        if not is_car and not head.startswith(b"PK") and not name.endswith(".zip"):
            raise NoCheck("%s is neither a folder nor a zip nor a CAR (G-1)." % quoted(path))
        need(blob.size <= MAX_FILE, "G-4", "it has more than 2 GiB")
        yield at_root(CarTree(blob) if is_car else ZipTree(blob))


# --- 2. Paths -----------------------------------------------------------------------------------


def character_class(ranges):
    """A pattern for "00A0 0600-0605 …", as the specification writes its sets."""
    pairs = [(item.split("-") * 2)[:2] for item in ranges.split()]
    return re.compile("[%s]" % "".join(r"\U%08X-\U%08X" % (int(first, 16), int(last, 16))
                                       for first, last in pairs))


UNSEEN = character_class(
    "0000-001F 007F-009F 00A0 00AD 034F 0600-0605 061C 06DD 070F 0890-0891 08E2 115F-1160 1680 "
    "17B4-17B5 180B-180F 2000-200F 2028-202F 205F-206F 3000 3164 E000-F8FF FDD0-FDEF FE00-FE0F "
    "FEFF FFA0 FFF0-FFFB FFFD-FFFF 110BD 110CD 13430-1343F 1BCA0-1BCA3 1D173-1D17A "
    + " ".join("%XFFFE-%XFFFF" % (n, n) for n in range(1, 17)) + " E0000-E0FFF F0000-10FFFF")
DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.[^/]*)?", re.ASCII | re.IGNORECASE)


def check_path(path):
    """P-1 to P-7."""
    names, shown = path.split("/"), quoted(path)
    need(1 <= len(path.encode()) <= 255 and len(names) <= 16, "P-1", "too long or empty: " + shown)
    need(not UNSEEN.search(path), "P-2", "characters that cannot be seen: " + shown)
    need(unicodedata.is_normalized("NFC", path), "P-3", "not in form NFC: " + shown)
    need(not re.search(r'[\\<>:"|?*]', path), "P-4", "characters refused by Windows: " + shown)
    for name in names:
        need(name not in ("", ".", ".."), "P-5", "a name that is empty, . or ..: " + shown)
        need(name[0] != " " and name[-1] not in " .", "P-6", "a space or dot at an end: " + shown)
        need(not DEVICE.fullmatch(name), "P-7", "a device of Windows: " + shown)


def fold(path):
    """P-8. Python's upper and lower are Unicode's full mappings, whatever the locale."""
    return unicodedata.normalize("NFC", path.upper().lower())


def check_paths(files, folders=()):
    """P-1 to P-8 for all paths of one manifest or archive; gives the folders above them."""
    kinds, folded, above = {}, {}, set()
    for kind, paths in (("file", files), ("folder", folders)):
        for path in paths:
            check_path(path)
            need(path not in kinds, "P-8", "%s comes twice" % quoted(path))
            kinds[path] = kind
            above.update(folders_above(path))
    for path in above:
        is_folder = kinds.setdefault(path, "folder") == "folder"
        need(is_folder, "P-8", "%s is a file and a folder" % quoted(path))
    for path in kinds:
        one = folded.setdefault(fold(path), path) == path
        need(one, "P-8", "%s has two spellings that are one on some disks" % quoted(path))
    return above


def quoted(text):
    """A name as it may be shown: in quotes, with everything hidden escaped (section 12)."""
    def escape(match):
        return "\\u{%x}" % ord(match[0])
    text = re.sub("[\"\\\\\ud800-\udfff]", escape, text)
    return '"%s"' % UNSEEN.sub(escape, text)


# --- 3. SHA256SUMS ------------------------------------------------------------------------------

MAX_MANIFEST = 33_554_432
MANIFEST_LINE = re.compile(rb"([0-9a-f]{64})  ([^\n]+)")


class Manifest:
    """SHA256SUMS: `hashes` has the hash of each path, in the manifest's order."""

    def __init__(self, data):
        """M-1 to M-4."""
        need(len(data) <= MAX_MANIFEST, "M-1", "it has more than 33,554,432 bytes")
        need(data.endswith(b"\n") and b"\r" not in data, "M-2", "its lines do not end with LF")
        need(data.count(b"\n") <= 100_000, "M-1", "it has more than 100,000 lines")
        decode(data, "M-2", "it")
        self.data, self.hash, self.hashes, before = data, sha256(data), {}, b""
        for number, line in enumerate(data[:-1].split(b"\n"), 1):
            match = MANIFEST_LINE.fullmatch(line)
            need(match, "M-2", "line %d is not a hash, two spaces and a path" % number)
            need(match[2] > before, "M-4", "line %d is not in the order of paths" % number)
            before = match[2]
            self.hashes[match[2].decode()] = match[1].decode()
        need(len(check_paths(self.hashes)) <= 10_000, "M-1", "it has more than 10,000 folders")
        self.edition_hash = self.hashes.get("EDITION.txt")

    def check_names_edition(self):
        need(self.edition_hash, "M-5", "it does not name EDITION.txt")


# --- 4. EDITION.txt -----------------------------------------------------------------------------

MAX_EDITION = 16_384
HIDDEN = character_class(
    "0000-001F 007F-009F 00AD 034F 061C 115F-1160 17B4-17B5 180B-180F 200B 200E-200F 2028-202E "
    "2060-206F 3164 FEFF FFA0 FFF0-FFFB FFFE-FFFF E0000-E0FFF")
SPACE = character_class("0020 00A0 1680 2000-200A 202F 205F 3000")
CAMPAIGN = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(-[a-z0-9]+)*")
NUMBER = re.compile(r"[1-9][0-9]{0,5}")
HASH = re.compile(r"[0-9a-f]{64}")
KEY_ID = re.compile(r"[0-9A-F]{16}")
X_LINE = re.compile(r"([a-z0-9-]{1,38}): (.*)", re.DOTALL)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_day(text):
    if not DAY.fullmatch(text):
        return False
    year, month, day = map(int, text.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (0, 31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= days[month]


class Lines:
    """The lines of a file of format 1, taken one after the other, each by its name."""

    def __init__(self, data, limit, rules):
        """`rules` are those of the bounds, of a newer format (E-2, H-6) and of the grammar."""
        bounds, newer, self.rule = rules
        need(len(data) <= limit, bounds, "it has more than %d bytes" % limit)
        need(data.endswith(b"\n"), bounds, "it does not end with LF")
        self.lines, self.at = decode(data, bounds, "it")[:-1].split("\n"), 1
        if self.lines[0] != "format: 1":
            is_newer = re.fullmatch("format: [1-9][0-9]{0,5}", self.lines[0])
            need(not is_newer, newer, "its format is newer than this checker", "too new")
            raise Refused("tampered", newer, "its first line is not format: 1")

    def upcoming(self, name):
        return self.at < len(self.lines) and self.lines[self.at].startswith(name)

    def take(self, name, pattern=None):
        need(self.upcoming(name), self.rule, "it has no %s where that has to be" % name.strip())
        value = self.lines[self.at][len(name):]
        self.at += 1
        right = pattern is None or pattern.fullmatch(value)
        need(right, self.rule, "it has a false value of %s" % name.strip())
        return value

    def take_all(self, name, pattern=None):
        """One or more lines of this name."""
        values = [self.take(name, pattern)]
        while self.upcoming(name):
            values.append(self.take(name, pattern))
        return values

    def is_end(self):
        return self.at == len(self.lines)


class Edition:
    """EDITION.txt; a draft has a campaign and number only."""

    def __init__(self, data):
        """E-1 to E-3."""
        lines = Lines(data, MAX_EDITION, ("E-1", "E-2", "E-3"))
        self.hash = sha256(data)
        self.campaign = lines.take("campaign: ", CAMPAIGN)
        self.is_draft = any(line.startswith("draft-of: ") for line in lines.lines[1:])
        name = "draft-of: " if self.is_draft else "edition: "
        self.number = int(lines.take(name, NUMBER))
        if not self.is_draft:
            self.read_edition(lines)
        need(lines.is_end(), "E-3", "it has a line too many")

    def read_edition(self, lines):
        """E-3 to E-9."""
        date, self.newer_after = lines.take("date: "), lines.take("look-for-newer-after: ")
        need(is_day(date) and is_day(self.newer_after), "E-3", "it has a date that is no day")
        need(self.newer_after > date, "E-5", "look-for-newer-after is not later than date")
        self.previous = self.history = None
        if lines.upcoming("previous-list: "):
            self.previous = lines.take("previous-list: ", HASH)
            self.history = lines.take("history: ", HASH)
        is_first = self.number == 1
        need((self.previous is None) == is_first, "E-6", "previous-list is there or not, falsely")
        self.keys = KeySet.read(lines, "")
        self.next_keys = None
        if lines.upcoming("next-threshold: 0"):
            need(lines.take("next-threshold: ") == "0", "E-3", "next-threshold has a zero in front")
        else:
            self.next_keys = KeySet.read(lines, "next-")
        self.signed_by = lines.take_all("signed-by: ", KEY_ID)
        enough = len(self.signed_by) >= self.keys.threshold
        need(enough and in_order(self.signed_by, self.keys.ids), "E-8",
             "signed-by does not name keys in their order, each once, and enough of them")
        if lines.upcoming("notice: "):
            check_value(lines.take("notice: "))
        extra = [X_LINE.fullmatch(text) for text in lines.take_all("x-")] \
            if lines.upcoming("x-") else []
        need(all(extra) and len(extra) <= 16, "E-3", "it has false x- lines, or too many")
        for match in extra:
            check_value(match[2])
        names = [match[1] for match in extra]
        need(names == sorted(set(names)), "E-9", "its x- lines are not in order")


def check_value(value):
    """E-4, for a notice or x- line."""
    need(1 <= len(value.encode()) <= 1_000, "E-4", "a value is empty or too long")
    need(not HIDDEN.search(value), "E-4", "a value has hidden characters")
    need(unicodedata.is_normalized("NFC", value), "E-4", "a value is not in form NFC")
    spaces = SPACE.match(value[0]) or SPACE.match(value[-1])
    need(not spaces, "E-4", "a value begins or ends with a space")


def in_order(some, of):
    """Whether all of `some` are in `of`, in that order, each once."""
    rest = iter(of)
    return all(item in rest for item in some)


# --- 5. Keys and signatures ---------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)

# K-2: the y of all points of small order; forms of at least P are refused as numbers.
SMALL_ORDER = {bytes.fromhex(text) for text in (
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")}


def is_weak(point):
    """K-2, for a public key and for R."""
    plain = point[:31] + bytes([point[31] & 0x7F])
    return plain in SMALL_ORDER or int.from_bytes(plain, "little") >= P


def add(a, b):
    """Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z (RFC 8032, 5.1.4)."""
    low, high = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = high - low, d - c, d + c, high + low
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(a):
    x2, y2 = a[0] * a[0] % P, a[1] * a[1] % P
    h = x2 + y2
    e, g = h - (a[0] + a[1]) * (a[0] + a[1]) % P, x2 - y2
    f = 2 * a[2] * a[2] % P + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiples(point):
    table = [(0, 1, 1, 0), point]
    while len(table) < 16:
        table.append(add(table[-1], point))
    return table


def decode_point(data):
    """RFC 8032, 5.1.3; None where it is no point."""
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * SQRT_M1 % P
    if v * x * x % P != u or y >= P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def encode_point(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = multiples(decode_point((4 * pow(5, -1, P) % P).to_bytes(32, "little")))


@functools.lru_cache(maxsize=4_096)  # verify-each meets the same signatures again and again
def fits(public, signature, message):
    """S-3: Ed25519 without cofactor. S < L, and the encoding of [S]B − [k]A is R."""
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    need(not is_weak(r), "K-2", "a signature is one that fits anything")
    a = decode_point(public)
    if s >= L or a is None:
        return False
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L
    minus_a = multiples((P - a[0], a[1], 1, P - a[3]))
    point = (0, 1, 1, 0)
    for shift in range(252, -4, -4):
        point = double(double(double(double(point))))
        point = add(add(point, BASE[s >> shift & 15]), minus_a[k >> shift & 15])
    return encode_point(point) == r


class Key:
    def __init__(self, text):
        """K-1, K-2."""
        self.raw = from_base64(text, 42, "K-1", "a key")
        is_usual = self.raw[:2] == b"Ed"
        need(is_usual, "K-1", "a key is of another kind: a newer checker is needed")
        self.id, self.public = key_id_of(self.raw), self.raw[10:]
        need(not is_weak(self.public), "K-2", "a key is one that fits anything")


def key_id_of(data):
    """K-1: of a key or signature."""
    return data[2:10][::-1].hex().upper()


class KeySet:
    """Keys with a threshold. Sets are equal by threshold and whole keys, in any order."""

    def __init__(self, keys, threshold):
        self.keys, self.threshold = keys, threshold
        self.ids = [key.id for key in keys]
        self.by_id = dict(zip(self.ids, keys))
        self.raw = frozenset(key.raw for key in keys)

    @classmethod
    def read(cls, lines, prefix):
        """The keys or next-keys of EDITION.txt; E-7."""
        threshold = int(lines.take(prefix + "threshold: ", NUMBER))
        found = cls([Key(text) for text in lines.take_all(prefix + "key: ")], threshold)
        count = len(found.keys)
        need(count <= 16 and threshold <= 16, "E-3", "it has more than 16 keys")
        need(threshold <= count, "E-7", "a threshold is above the number of keys")
        once = len(found.by_id) == len({key.public for key in found.keys}) == count
        need(once, "E-7", "two keys are one")
        return found

    def equals(self, other):
        return other is not None and (self.threshold, self.raw) == (other.threshold, other.raw)


def read_key_file(path):
    """K-3."""
    try:
        with opened(os.path.realpath(path)) as blob:
            need(blob.size <= 4_096, "K-3", "it has more than 4,096 bytes")
            text = decode(blob.at(0, blob.size), "K-3", "it")
        match = re.fullmatch("(?:untrusted comment:[^\n]*\n)?([^\n]*?)(?:\r?\n)?", text)
        need(match, "K-3", "it is not a key on a line, alone or under an untrusted comment")
        return Key(match[1])
    except Refused as error:
        raise NoCheck("The key file %s is not one (%s): %s."
                      % (quoted(path), error.rule, error.text)) from None


SIGNATURE_NAME = re.compile(r"SHA256SUMS\.([0-9A-F]{16})\.minisig")
MAX_SIGNATURE = 16_384
USUAL_COMMENT = "signature from minisign secret key"
COMMENT = re.compile(r"edition-signature 1; campaign ([a-z0-9-]+); edition ([1-9][0-9]{0,5}); "
                     r"EDITION\.txt ([0-9a-f]{64}); SHA256SUMS ([0-9a-f]{64})")


def comment_of(campaign, number, edition_hash, manifest_hash):
    """S-5."""
    return ("edition-signature 1; campaign %s; edition %s; EDITION.txt %s; SHA256SUMS %s"
            % (campaign, number, edition_hash, manifest_hash))


class Signature:
    def __init__(self, data, key_id):
        """S-1, S-2."""
        need(len(data) <= MAX_SIGNATURE, "S-1", "it has more than 16,384 bytes")
        lines = re.split("\r?\n", decode(data, "S-1", "it"))
        if lines[-1] == "":
            lines.pop()
        need(len(lines) == 4, "S-1", "it has not four lines")
        self.untrusted = self.text_of(lines[0], "untrusted comment: ", 1_003)
        self.trusted = self.text_of(lines[2], "trusted comment: ", 8_173)
        packet = from_base64(lines[1], 74, "S-1", "the second line")
        self.whole = from_base64(lines[3], 64, "S-1", "the fourth line")
        self.algorithm, self.signature = packet[:2], packet[10:]
        need(key_id_of(packet) == key_id, "S-2", "it is of another key than its name says")

    @staticmethod
    def text_of(line, name, limit):
        text = line[len(name):]
        need(line.startswith(name), "S-1", "it has no %s" % name.strip())
        need(len(text.encode()) <= limit, "S-1", "a comment is too long")
        hidden = HIDDEN.search(text.replace("\t", ""))
        need(not hidden, "S-1", "a comment has hidden characters")
        return text

    def check(self, key, manifest, edition):
        """S-3 to S-6: refused unless it counts."""
        need(self.algorithm == b"ED", "S-3", "it is of an unknown kind")
        digest = hashlib.blake2b(manifest.data).digest()
        need(fits(key.public, self.signature, digest), "S-3", "it does not fit")
        message = self.signature + self.trusted.encode()
        need(fits(key.public, self.whole, message), "S-4", "its trusted comment does not fit")
        newer = re.match("edition-signature ([1-9][0-9]{0,5}); ", self.trusted)
        need(not newer or newer[1] == "1", "S-6", "it is of a newer format", "too new")
        match = COMMENT.fullmatch(self.trusted)
        need(match and CAMPAIGN.fullmatch(match[1]), "S-5", "its comment is of something else")
        campaign, number = match[1], match[2]
        if edition and not edition.is_draft and edition.hash == manifest.edition_hash:
            campaign, number = edition.campaign, edition.number
        wanted = comment_of(campaign, number, manifest.edition_hash, manifest.hash)
        need(self.trusted == wanted, "S-5", "its trusted comment is of another edition")


def check_signatures(tree, manifest, edition, signers, needed, findings):
    """S-1 to S-9, T-11: the needed keys that have a signature that counts, and if they suffice.

    Nothing is said of signatures without a manifest, nor of those whose key nobody vouches for.
    Without `signers`, as EDITION.txt is too new, any id may be one of theirs.
    """
    counted, found = set(), {}
    for path in sorted(tree.sizes):
        match = SIGNATURE_NAME.fullmatch(path)
        if match and (signers is None or match[1] in signers):
            found[match[1]] = path
        elif match:
            findings.add("injected", "S-9", path, "it is of a key that does not sign")

    def check(key):
        path = found[key.id]
        with findings.about(path):
            signature = Signature(tree.read(path, MAX_SIGNATURE, "S-1"), key.id)
            if signature.untrusted != USUAL_COMMENT:
                findings.add("injected", "S-7", path, "it begins with words nobody has signed")
            signature.check(key, manifest, edition)
            counted.add(key.id)

    if not manifest or not needed:
        return counted, False
    for key in needed.keys:
        if key.id in found:
            check(key)
    enough = frozenset(counted)
    signed = len(enough) >= needed.threshold
    if is_proven(signed, manifest, edition):
        for key in edition.keys.keys:
            if key.id in found and key.id not in needed.by_id:
                check(key)
    return enough, signed


def is_proven(signed, manifest, edition):
    """Section 6: signed by enough, and EDITION.txt is the one that the manifest names."""
    return bool(signed and edition and not edition.is_draft
                and edition.hash == manifest.edition_hash)


# --- 6. Trust -----------------------------------------------------------------------------------


class Known:
    """An edition of the clone."""

    def __init__(self, manifest, edition):
        self.manifest, self.edition = manifest, edition


class Trust:
    """Given keys G with a threshold t (`said` if the user said it), or a clone's editions."""

    def __init__(self, given=None, said=False, known=None):
        self.given, self.said, self.known = given, said, known or {}
        self.numbers = {item.manifest.hash: number for number, item in self.known.items()}
        self.newest = max(self.known, default=None)

    def ids(self):
        """S-9: all ids of keys in the trust."""
        sets = [self.given]
        for item in self.known.values():
            sets += [item.edition.keys, item.edition.next_keys]
        return {key_id for keys in sets if keys for key_id in keys.ids}


def trust_in_keys(paths, threshold):
    """T-1."""
    keys = [read_key_file(path) for path in paths]
    if min(len({key.id for key in keys}), len({key.public for key in keys})) < len(keys):
        raise NoCheck("Two of the given keys are one, or have one id (T-1).")
    if threshold is not None and not 1 <= threshold <= len(keys):
        raise NoCheck("The threshold has to be from 1 to the number of keys (T-1).")
    return Trust(KeySet(keys, threshold or len(keys)), threshold is not None)


def trust_in_clone(root):
    """T-2."""
    base, known, last = os.path.join(root, "editions"), {}, None
    try:
        numbers = sorted(int(name) for name in os.listdir(base) if NUMBER.fullmatch(name))
    except OSError as error:
        raise NoCheck("The clone has no folder editions (T-2): %s." % error.strerror) from None
    for number in numbers:
        folder = os.path.join(base, str(number))
        try:
            need(not is_irregular(os.lstat(folder)), "T-2", "it is neither a folder nor a file")
            edition_data = read_of_clone(folder, "EDITION.txt", MAX_EDITION)
            if edition_data is None:
                continue
            edition = Edition(edition_data)
            need(not edition.is_draft, "T-2", "EDITION.txt is that of a draft")
            data = read_of_clone(folder, "SHA256SUMS", MAX_MANIFEST)
            if data is None:
                continue
            manifest = Manifest(data)
        except Refused as error:
            raise NoCheck("Edition %d of the clone is broken (T-2, %s): %s."
                          % (number, error.rule, error.text)) from None
        if is_known(folder, number, manifest, edition, last):
            last = known[number] = Known(manifest, edition)
    if not known:
        raise NoCheck("The clone has no edition that its own keys prove (T-2).")
    return Trust(known=known)


def read_of_clone(folder, name, limit):
    """The bytes of a file; None if there is none."""
    path = os.path.join(folder, name)
    if not os.path.lexists(path):
        return None
    with opened(path) as blob:
        need(blob.size <= limit, "G-4", name + " is too long")
        return blob.at(0, blob.size)


def is_known(folder, number, manifest, edition, last):
    """T-2: whether an edition of the clone follows the one known last and is signed."""
    if edition.number != number or manifest.edition_hash != edition.hash:
        return False
    if last and not (number == last.edition.number + 1
                     and edition.campaign == last.edition.campaign
                     and edition.previous == last.manifest.hash
                     and edition.keys.equals(last.edition.next_keys)):
        return False
    counted = 0
    for key in edition.keys.keys:
        with contextlib.suppress(Refused):  # A false signature does not count; that is all.
            data = read_of_clone(folder, "SHA256SUMS.%s.minisig" % key.id, MAX_SIGNATURE)
            if data is not None:
                Signature(data, key.id).check(key, manifest, edition)
                counted += 1
    return counted >= edition.keys.threshold


def needs_by_clone(trust, edition, manifest, chain, findings):
    """T-3 to T-7, T-10: the keys that the edition needs; None if nothing can prove it."""
    path = "EDITION.txt"
    if not edition or edition.is_draft:
        number = trust.numbers.get(manifest.hash) if manifest else None
        if number is None:
            findings.add("unsigned", "T-10", path, "nothing can prove what is no known edition")
        return trust.known[number].edition.keys if number else None
    n, a = edition.number, trust.newest
    newest, before = trust.known[a].edition, trust.known.get(n - 1)
    if edition.campaign != newest.campaign:
        findings.add("tampered", "T-6", path, "it is of another campaign")
    if before and edition.previous != before.manifest.hash:
        findings.add("forked", "T-7", path, "it follows another edition %d than is known" % (n - 1))
    if n in trust.known:
        needed = trust.known[n].edition.keys
    elif n < a:
        findings.add("unsigned", "T-5", path, "it is older than all that are known")
        return None
    elif newest.next_keys is None:
        findings.add("tampered", "T-5", path, "edition %d said that it was the last" % a)
        return None
    elif chain:
        needed = chain.stages[-1].keys if chain.agrees_with(trust, n, findings) else None
    else:
        needed = newest.next_keys
    if needed and not edition.keys.equals(needed):
        verdict = "unsigned" if n > a + 1 and not chain else "tampered"
        findings.add(verdict, "T-6", path, "its keys are not those that it needs")
    return needed


def needs_by_keys(trust, edition, chain, findings):
    """T-8 to T-10: the keys that the edition needs; None if the given keys lead to none."""
    given, path = trust.given, "EDITION.txt"
    if not edition or edition.is_draft:
        return given
    stages = chain.stages if chain else []
    stage = next((item for item in reversed(stages) if given.raw <= item.keys.raw), None)
    if stage is None or stage is stages[-1]:
        for key in given.keys:
            if key.raw not in edition.keys.raw:
                findings.add("tampered", "T-8", path, "it does not name the key %s" % key.id)
        if not trust.said and edition.keys.threshold > given.threshold:
            findings.add("unsigned", "T-8", path, "it needs the signatures of %d keys: give as "
                         "many, or say how many are enough" % edition.keys.threshold)
        return given
    head = chain.heads[stage.last]
    enough = sum(item.key_id in given.by_id for item in head.signatures) >= given.threshold
    if enough and (trust.said or head.edition.keys.threshold <= given.threshold):
        return stages[-1].keys
    findings.add("unsigned", "T-9", "CHAIN.txt", "not enough of the given keys have signed "
                 "edition %d, which replaced them" % stage.last)
    return None


# --- 7. CHAIN.txt -------------------------------------------------------------------------------

MAX_CHAIN = 1_048_576


class HeadSignature:
    """A signature in a head: without its comment, which is made of what the head says."""

    def __init__(self, text):
        packet, _, whole = text.partition(" ")
        packet = from_base64(packet, 74, "H-2", "a signature of a head")
        self.whole = from_base64(whole, 64, "H-2", "a signature of a head")
        self.key_id, self.signature = key_id_of(packet), packet[10:]
        need(packet[:2] == b"ED", "H-5", "a signature of a head is of an unknown kind")


class Head:
    """EDITION.txt and the signatures of an entry."""

    def __init__(self, campaign, number, lines):
        """H-2, H-3, H-5, H-6, and that an edition follows (H-4)."""
        self.where = where = "the head of edition %d: " % number
        data = "".join(line + "\n" for line in lines.take_all("> ")).encode()
        try:
            self.edition = edition = Edition(data)
        except Refused as error:
            rule = "H-6" if error.verdict == "too new" else "H-3"
            raise Refused(error.verdict, rule, where + error.text) from None
        same = (edition.campaign, edition.number) == (campaign, number)
        need(same and not edition.is_draft, "H-3", where + "it is of another edition")
        need(edition.next_keys, "H-4", where + "it says that no edition follows")
        self.changes_keys = not edition.keys.equals(edition.next_keys)
        self.signatures = [HeadSignature(text) for text in lines.take_all("signature: ")]
        ids = [item.key_id for item in self.signatures]
        right = in_order(ids, edition.signed_by) and len(ids) >= edition.keys.threshold
        need(right, "H-5", where + "its signatures are not those of enough signers, in order")


class Stage:
    """A run of editions under the same keys."""

    def __init__(self, first, last, keys):
        self.first, self.last, self.keys = first, last, keys


def history_of(hashes):
    return sha256("".join(item + "\n" for item in hashes).encode())


class Chain:
    """CHAIN.txt of edition n: once made it is sound, and has its stages."""

    def __init__(self, data, manifest, edition):
        """H-2, H-4, then the other rules."""
        lines = Lines(data, MAX_CHAIN, ("H-2", "H-6", "H-2"))
        self.campaign = lines.take("campaign: ", CAMPAIGN)
        self.hashes, self.heads, self.stages, head = [], {}, [], None
        while not lines.is_end() or not self.hashes:
            number = len(self.hashes) + 1
            self.hashes.append(from_base64(lines.take("%d: " % number), 32, "H-2", "a hash").hex())
            is_reason = head is None or head.changes_keys
            need(is_reason, "H-4", "a head changes no keys, and is not the last")
            head = Head(self.campaign, number, lines) if lines.upcoming("> ") else None
            if head:
                self.heads[number] = head
        need(head, "H-4", "the last entry has no head")
        self.walk()
        self.check_against(manifest, edition)

    def walk(self):
        """H-7 to H-10: from head to head."""
        in_force, first = None, 1
        for number, head in self.heads.items():
            edition, where = head.edition, head.where
            if number > 1:
                verdict = "forked" if number - 1 in self.heads else "tampered"
                follows = edition.previous == self.hashes[number - 2]
                need(follows, "H-7", where + "it follows another edition", verdict)
                same = edition.history == history_of(self.hashes[:number - 1])
                need(same, "H-8", where + "it has another history")
            follows = in_force is None or edition.keys.equals(in_force)
            need(follows, "H-9", where + "its keys are not those that were named before")
            comment = comment_of(edition.campaign, number, edition.hash, self.hashes[number - 1])
            for item in head.signatures:
                public = edition.keys.by_id[item.key_id].public
                right = fits(public, item.whole, item.signature + comment.encode())
                need(right, "H-10", where + "a signature does not fit")
            in_force = edition.next_keys
            if head.changes_keys:
                self.stages.append(Stage(first, number, edition.keys))
                first = number + 1
        self.stages.append(Stage(first, len(self.hashes) + 1, in_force))

    def check_against(self, manifest, edition):
        """H-11 to H-15."""
        n, count, last = edition.number, len(self.hashes), self.hashes[-1]
        need(edition.campaign == self.campaign, "H-11", "it is of another campaign")
        other = count >= n and self.hashes[n - 1] != manifest.hash
        need(not other, "H-12", "it has another edition %d" % n, "forked")
        need(count == n - 1, "H-12", "it has not %d entries" % (n - 1))
        need(edition.previous == last, "H-13", "the edition follows another one", "forked")
        need(edition.history == history_of(self.hashes), "H-14", "the edition's history differs")
        same = edition.keys.equals(self.stages[-1].keys)
        need(same, "H-15", "the edition's keys are not those it ends with")

    def agrees_with(self, trust, n, findings):
        """H-16, and H-17, on which it depends whether its keys are those of the clone."""
        right, path = True, "CHAIN.txt"
        for number, item in trust.known.items():
            if number < n and self.hashes[number - 1] != item.manifest.hash:
                findings.add("forked", "H-16", path, "it has another edition %d" % number)
        newest = trust.known[trust.newest].edition
        for number, keys in ((trust.newest, newest.keys), (trust.newest + 1, newest.next_keys)):
            stage = next(item for item in self.stages if item.first <= number <= item.last)
            if not keys.equals(stage.keys):
                findings.add("tampered", "H-17", path, "edition %d has other keys" % number)
                right = False
        return right


def read_chain(tree, manifest, edition, findings):
    """H-1: the chain if it is there and sound, else None."""
    path = "CHAIN.txt"
    if not manifest or not edition or edition.is_draft:
        return None
    named, is_first = manifest.hashes.get(path), edition.number == 1
    if (named is None) != is_first:
        findings.add("tampered", "H-1", path, "every edition names it but the first")
    if named and not is_first and path in tree.sizes:
        with findings.about(path):
            data = tree.read(path, MAX_CHAIN, "H-2")
            if sha256(data) == named:  # If not, F-1 says so.
                return Chain(data, manifest, edition)
    return None


# --- 8. Zip -------------------------------------------------------------------------------------

MAX_ENTRY = 268_435_456
MAX_UNPACKED = 2_147_483_648
MAX_ENTRIES = 50_000
END, RECORD = struct.Struct("<4s4H2LH"), struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF


def check_extra(extra):
    """Z-8."""
    at = 0
    while at < len(extra):
        need(len(extra) - at >= 4, "Z-8", "an extra field is cut off")
        kind, length = struct.unpack_from("<HH", extra, at)
        data = extra[at + 4:at + 4 + length]
        at += 4 + length
        need(len(data) == length, "Z-8", "an extra field is cut off")
        need((kind == 0x5455 and length in (1, 5, 9, 13) and data[0] <= 7)
             or (kind == 0x5855 and length in (8, 12))
             or (kind == 0x7875 and length == 11 and (data[0], data[1], data[6]) == (1, 4, 4))
             or (kind == 0x000A and length == 32 and data[:8] == b"\0\0\0\0\1\0\x18\0"),
             "Z-8", "an extra field is of a kind that is not allowed")


class ZipEntry:
    """A record of the directory; the reader of local headers adds where its data begin."""

    def __init__(self, data, at):
        need(at + RECORD.size <= len(data), "Z-5", "the directory has fewer records than it counts")
        (magic, self.made_by, self.version, self.flags, self.method, self.time, self.date,
         self.crc, self.packed, self.size, name_length, extra_length, comment_length,
         self.disk, self.internal, self.external, self.offset) = RECORD.unpack_from(data, at)
        need(magic == b"PK\1\2", "Z-5", "the directory has fewer records than it counts")
        middle = at + RECORD.size + name_length
        self.end = middle + extra_length + comment_length
        need(self.end <= len(data), "Z-5", "the last record is cut off")
        self.name, self.extra = data[at + RECORD.size:middle], data[middle:middle + extra_length]
        self.check(comment_length)

    def check(self, comment_length):
        """Z-3 to Z-11, of one record."""
        full = FULL32 in (self.packed, self.size, self.offset)
        need(not full, "Z-3", "an entry is of ZIP64")
        need(self.disk == 0, "Z-4", "an entry is on another disk")
        need(self.flags & ~0x080E == 0, "Z-6", "a flag is set that is not allowed")
        name = decode(self.name, "Z-7", "a name")
        said = self.name.isascii() or self.flags & 0x0800
        need(said, "Z-7", "a name is not said to be UTF-8")
        self.is_folder = name.endswith("/")
        self.path = name[:-1] if self.is_folder else name
        check_extra(self.extra)
        need(comment_length == 0, "Z-9", "an entry has a comment")
        usual = self.method == 8 or (self.method == 0 and self.packed == self.size)
        need(usual, "Z-10", "an entry is packed in another way")
        kind = self.external >> 16 & 0xF000
        right = kind in (0, 0x8000, 0x4000) and not self.external & 8
        if self.is_folder:
            right = right and kind != 0x8000 and self.packed == self.size == 0
        else:
            right = right and kind != 0x4000 and not (kind == 0 and self.external & 16)
        need(right, "Z-11", "neither simply a file nor a folder: %s" % quoted(self.path))


class ZipTree(Tree):
    """A zip that keeps Z-1 to Z-15. Z-16 is checked where a file is read."""

    def __init__(self, blob):
        super().__init__()
        self.source, self.entries = blob, []
        start, end, count = self.read_end()
        data, at = blob.at(start, end - start), 0
        for _ in range(count):
            self.entries.append(ZipEntry(data, at))
            at = self.entries[-1].end
        need(at == len(data), "Z-5", "the directory has more records than it counts")
        self.files = {entry.path: entry for entry in self.entries if not entry.is_folder}
        self.sizes = {path: entry.size for path, entry in self.files.items()}
        folders = [entry.path for entry in self.entries if entry.is_folder]
        self.empty_folders = without_files(folders, self.files)
        check_paths([entry.path for entry in self.entries if not entry.is_folder], folders)
        self.check_bounds()
        self.read_local_headers(start)

    def read_end(self):
        """Z-1 to Z-5: where the directory begins and ends, and how many records it has."""
        size = self.source.size
        tail = self.source.at(max(0, size - 65_557), min(65_557, size))
        at, last = len(tail) - END.size, tail.rfind(b"PK\5\6")
        if at < 0 or tail[at:at + 4] != b"PK\5\6":
            need(0 <= last <= at, "Z-1", "the zip is cut off", "incomplete")
            raise Refused("tampered", "Z-1", "something is behind the end of the zip")
        _, disk, first_disk, here, count, length, start, comment = END.unpack(tail[at:])
        need(comment == 0, "Z-1", "the zip has a comment")
        other = tail.find(b"PK\5\6")
        while other < at:
            claimed = tail[other + 20] | tail[other + 21] << 8
            second = other + END.size + claimed == len(tail)
            need(not second, "Z-2", "the zip has a second end")
            other = tail.find(b"PK\5\6", other + 1)
        full = FULL16 in (here, count) or FULL32 in (length, start)
        need(not full, "Z-3", "the zip is a ZIP64")
        one = disk == first_disk == 0 and here == count
        need(one, "Z-4", "the zip is one of several, or its counts differ")
        end = size - END.size
        need(start + length == end, "Z-5", "the directory is not just before the end of the zip")
        fair = length <= 16_777_216 and count <= MAX_ENTRIES
        need(fair, "Z-5", "the directory is too long")
        return start, end, count

    def check_bounds(self):
        """Z-12."""
        total = sum(entry.size for entry in self.entries)
        need(total <= MAX_UNPACKED, "Z-12", "it unpacks to more than 2 GiB")
        for entry in self.entries:
            fair = entry.size <= MAX_ENTRY and entry.size <= max(MIB, 200 * entry.packed)
            need(fair, "Z-12", "it unpacks to too much: %s" % quoted(entry.path))

    def read_local_headers(self, directory):
        """Z-13 to Z-15."""
        self.by_offset = sorted(self.entries, key=lambda entry: entry.offset)
        ends = [entry.offset for entry in self.by_offset[1:]] + [directory]
        at = 0
        for entry, end in zip(self.by_offset, ends):
            shown = quoted(entry.path)
            need(entry.offset == at, "Z-13", "no or two entries have the bytes before " + shown)
            need(at + LOCAL.size <= directory, "Z-14", "no local header of " + shown)
            magic, *entry.local, name_length, extra_length = \
                LOCAL.unpack(self.source.at(at, LOCAL.size))
            name_at = at + LOCAL.size
            entry.data = name_at + name_length + extra_length
            need(magic == b"PK\3\4" and entry.data <= directory, "Z-14",
                 "no local header of " + shown)
            rest = self.source.at(name_at, entry.data - name_at)
            entry.local_extra = rest[name_length:]
            _, flags, method, _, _, *sizes = entry.local
            described = entry.flags & 8
            same = (rest[:name_length], flags, method) == (entry.name, entry.flags, entry.method)
            for here, there in zip(sizes, (entry.crc, entry.packed, entry.size)):
                same = same and (here == there or (described and here == 0))
            need(same, "Z-14", "the local header differs: " + shown)
            check_extra(entry.local_extra)
            if described:
                self.check_descriptor(entry, end)
            else:
                at = entry.data + entry.packed
                need(at == end, "Z-13", "no or two entries have the bytes behind " + shown)
            at = end
        need(at == directory, "Z-13", "no entry has the bytes before the directory")

    def check_descriptor(self, entry, end):
        """Z-15: between the data and the next entry."""
        start, shown = entry.data + entry.packed, quoted(entry.path)
        need(end - start in (12, 16), "Z-15", "no descriptor is behind " + shown)
        data = self.source.at(start, end - start)
        wanted = struct.pack("<3L", entry.crc, entry.packed, entry.size)
        need(data in (wanted, b"PK\7\x08" + wanted), "Z-15", "another descriptor of " + shown)

    def chunks(self, path):
        """Z-16: the bytes of a file; those that were given are true only if no error follows."""
        entry, crc, length = self.files[path], 0, 0
        for chunk in self.unpacked(entry):
            crc, length = zlib.crc32(chunk, crc), length + len(chunk)
            need(length <= entry.size, "Z-16", "it unpacks to more bytes than declared")
            yield chunk
        right = (length, crc) == (entry.size, entry.crc)
        need(right, "Z-16", "it does not unpack as declared")

    def unpacked(self, entry):
        stream = zlib.decompressobj(-15)
        try:
            for offset in range(0, entry.packed, MIB):
                data = self.source.at(entry.data + offset, min(MIB, entry.packed - offset))
                if entry.method == 0:
                    yield data
                    continue
                while data:
                    need(not stream.eof, "Z-16", "something is behind its packed data")
                    yield stream.decompress(data, MIB)
                    data = stream.unconsumed_tail or stream.unused_data
            while entry.method == 8 and not stream.eof:  # What is left when no byte is.
                chunk = stream.decompress(b"", MIB)
                need(chunk or stream.eof, "Z-16", "its packed data are cut off")
                yield chunk
        except zlib.error:
            raise Refused("tampered", "Z-16", "it cannot be unpacked") from None

    def deviation(self):
        """D-3: what differs from the one form that archives in download/ have, or None."""
        names = [entry.name for entry in self.entries]
        if names != sorted(names) or self.by_offset != self.entries:
            return "D-3", "its entries are not in order"
        for entry in self.entries:
            flags = 0 if entry.name.isascii() else 0x0800
            common = [20, flags, entry.method, 0, 0x21, entry.crc, entry.packed, entry.size]
            record = [entry.version, entry.flags, entry.method, entry.time, entry.date, entry.crc,
                      entry.packed, entry.size]
            rest = (entry.made_by, entry.internal, entry.external, entry.extra, entry.local_extra)
            larger = entry.method == 8 and entry.packed >= entry.size
            if entry.is_folder or larger or not common == record == entry.local \
                    or rest != (0x0314, 0, 0x81A40000, b"", b""):
                return "D-3", "an entry has other fields: %s" % quoted(entry.path)
        return None


# --- 9. CAR -------------------------------------------------------------------------------------

MAX_BLOCK = 2_098_176
MAX_BLOCKS = MAX_LINKS = 200_000
CAR_HEAD, CAR_TAIL = b"\xa2\x65roots\x81\xd8\x2a\x58\x25\x00", b"\x67version\x01"
RAW, DAG_PB = 0x55, 0x70


def read_number(data, at):
    """C-3: a number and where it ends; None instead if the bytes end before it does."""
    value = 0
    for index in range(8):
        if at + index >= len(data):
            return None, at
        byte = data[at + index]
        value |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            right = (byte or index == 0) and value < 2**53
            need(right, "C-3", "a number is too large or not in its shortest form")
            return value, at + index + 1
    raise Refused("tampered", "C-3", "a number is too long")


def fields_of(data, rule):
    """C-7, C-8: protobuf of varints and bytes, as (tag, value)."""
    at, found = 0, []
    while at < len(data):
        tag, at = read_number(data, at)
        need(tag is not None and tag & 7 in (0, 2), rule, "a field is of another kind")
        value, at = read_number(data, at)
        need(value is not None, rule, "a field is cut off")
        if tag & 7 == 2:
            need(at + value <= len(data), rule, "a field is cut off")
            value, at = data[at:at + value], at + value
        found.append((tag, value))
    return found


def check_cid(cid):
    """C-4."""
    usual = len(cid) == 36 and cid[0] == 1 and cid[1] in (RAW, DAG_PB) and cid[2:4] == b"\x12\x20"
    need(usual, "C-4", "a CID is of another kind")


def cid_text(cid):
    """D-8: `b` and base32."""
    return "b" + base64.b32encode(cid).decode().lower().rstrip("=")


class Node:
    """A dag-pb block: C-7 and C-8."""

    def __init__(self, block):
        fields = fields_of(block, "C-7")
        tags = [tag for tag, _ in fields]
        need(tags == [0x12] * (len(tags) - 1) + [0x0A], "C-7", "a node is not links, then data")
        self.links, self.data = [], fields.pop()[1]
        for _, value in fields:
            link = fields_of(value, "C-7")
            right = [tag for tag, _ in link] == [0x0A, 0x12, 0x18]
            need(right, "C-7", "a link is not CID, name and number")
            (_, cid), (_, name), (_, number) = link
            check_cid(cid)
            self.links.append((cid, decode(name, "C-7", "a name"), number))
        unixfs = fields_of(self.data, "C-8")
        kinds, sizes, self.block_sizes = (
            [value for tag, value in unixfs if tag == wanted] for wanted in (0x08, 0x18, 0x20))
        right = kinds in ([1], [2]) and len(sizes) <= 1 \
            and len(unixfs) == 1 + len(sizes) + len(self.block_sizes)
        need(right, "C-8", "a node is neither a plain folder nor a plain file")
        self.is_folder, self.size = kinds == [1], sum(sizes)
        need(not self.is_folder or len(unixfs) == 1, "C-8", "a folder has other fields")


class CarTree(Tree):
    """A CAR that keeps C-1 to C-12."""

    def __init__(self, blob):
        super().__init__()
        self.source, self.blocks, self.order, self.met = blob, {}, [], set()
        self.segments, self.folders, self.links, self.total = {}, [], 0, 0
        self.read_sections()
        is_folder = self.root[1] == DAG_PB and self.node(self.root).is_folder
        need(is_folder, "C-10", "the root is no folder")
        self.walk_folder(self.root, "")
        check_paths(self.segments, self.folders)
        self.sizes = {path: sum(length for _, length in segments)
                      for path, segments in self.segments.items()}
        self.empty_folders = without_files(self.folders, self.segments)
        for cid in self.blocks:
            if cid not in self.met:
                self.findings.add("injected", "C-13", cid_text(cid), "no file has this block")

    def number_at(self, at, rule):
        data = self.source.at(at, min(8, self.source.size - at))
        value, length = read_number(data, 0)
        need(value is not None, rule, "the CAR is cut off", "incomplete")
        return value, at + length

    def piece(self, at, length, rule):
        need(at + length <= self.source.size, rule, "the CAR is cut off", "incomplete")
        return self.source.at(at, length)

    def read_sections(self):
        """C-1 to C-6."""
        length, at = self.number_at(0, "C-1")
        need(length <= 1_024, "C-1", "the header is too long")
        header = self.piece(at, length, "C-1")
        self.root = header[13:49]
        usual = header == CAR_HEAD + self.root + CAR_TAIL
        need(usual, "C-1", "the header has another form")
        check_cid(self.root)
        at += length
        while at < self.source.size:
            length, at = self.number_at(at, "C-2")
            need(length >= 36, "C-2", "a section has no room for a CID")
            need(length - 36 <= MAX_BLOCK, "C-6", "a block is too long")
            need(len(self.order) < MAX_BLOCKS, "C-6", "there are too many blocks")
            cid = self.piece(at, 36, "C-2")
            check_cid(cid)
            block = self.piece(at + 36, length - 36, "C-2")
            true = hashlib.sha256(block).digest() == cid[4:]
            need(true, "C-5", "a block has other bytes than its CID says")
            self.blocks.setdefault(cid, (at + 36, length - 36))
            self.order.append(cid)
            at += length

    def block(self, cid):
        """Where a linked block is."""
        need(cid in self.blocks, "C-12", "the block %s is not there" % cid_text(cid))
        self.met.add(cid)
        return self.blocks[cid]

    def node(self, cid):
        return Node(self.source.at(*self.block(cid)))

    def count_links(self, node):
        self.links += len(node.links)
        need(self.links <= MAX_LINKS, "C-12", "there are too many links")

    def walk_folder(self, cid, path):
        """C-11, C-12. The rules of paths bound how deep it goes."""
        node = self.node(cid)
        self.count_links(node)
        for child, name, _ in node.links:
            need("/" not in name, "C-11", "a name has a /")
            below = path + "/" + name if path else name
            check_path(below)
            need(below not in self.segments, "P-8", "%s comes twice" % quoted(below))
            count = len(self.segments) + len(self.folders)
            need(count < MAX_ENTRIES, "C-12", "there are too many files and folders")
            if child[1] == DAG_PB and self.node(child).is_folder:
                self.folders.append(below)
                self.walk_folder(child, below)
            else:
                self.segments[below] = []
                self.total += self.walk_file(child, self.segments[below], 1)
                need(self.total <= MAX_UNPACKED, "C-12", "it holds more than 2 GiB")

    def walk_file(self, cid, segments, depth):
        """C-9, C-12: collects the pieces of a file, and gives its size."""
        if cid[1] == RAW:
            segments.append(self.block(cid))
            return segments[-1][1]
        need(depth <= 8, "C-9", "more than 8 nodes are below each other")
        node = self.node(cid)
        self.count_links(node)
        need(node.size <= MAX_ENTRY, "C-12", "a file has too many bytes")
        right = not node.is_folder and len(node.links) == len(node.block_sizes) \
            and 0 not in node.block_sizes and sum(node.block_sizes) == node.size
        need(right, "C-9", "the pieces of a file do not add up")
        for (child, name, _), size in zip(node.links, node.block_sizes):
            right = name == "" and self.walk_file(child, segments, depth + 1) == size
            need(right, "C-9", "a piece of a file has a name or another size than declared")
        return node.size

    def chunks(self, path):
        for offset, length in self.segments[path]:
            yield self.source.at(offset, length)

    def deviation(self):
        """D-4: what differs from the one form that archives in download/ have, or None."""
        order = []
        if not self.is_usual(self.root, order, {}):
            return "D-4", "a node has another form"
        return None if order == self.order else ("D-4", "its blocks are not in order, each once")

    def is_usual(self, cid, order, below):
        """D-4 of a block and all below it, depth first; `below` has how many bytes those are."""
        if cid in below:
            return True
        order.append(cid)
        below[cid] = self.blocks[cid][1]
        if cid[1] == RAW:
            return below[cid] <= MIB
        node = Node(self.source.at(*self.blocks[cid]))
        names = [name.encode() for _, name, _ in node.links]
        if node.is_folder:
            right = node.data == b"\x08\x01" and names == sorted(names)
        else:
            right = is_usual_file(node)
        for child, _, declared in node.links:
            right = right and self.is_usual(child, order, below) and declared == below[child]
            below[cid] += declared
        return right


def is_usual_file(node):
    """D-4: over 1,048,576 bytes, in raw blocks of so many, and a last one of the rest."""
    full, rest = divmod(node.size, MIB)
    wanted = [MIB] * full + ([rest] if rest else [])
    data = b"\x08\x02\x18" + number_bytes(node.size)
    data += b"".join(b"\x20" + number_bytes(size) for size in wanted)
    return node.size > MIB and node.data == data and all(cid[1] == RAW for cid, _, _ in node.links)


def number_bytes(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out) + bytes([value])


# --- 10. Files and additions --------------------------------------------------------------------

PLAIN_FOLDER = re.compile(r"[a-z0-9_-]{1,30}(/[a-z0-9_-]{1,30}){0,3}")
HOST_NAME = re.compile(rb"[a-z0-9-]+(\.[a-z0-9-]+)+\r?\n?", re.IGNORECASE)
HOSTING = {"_headers": "hosting/headers.txt", ".htaccess": "hosting/apache.txt",
           "Caddyfile": "hosting/caddy.txt", "nginx.conf": "hosting/nginx.txt"}


def check_files(tree, reference, others, findings):
    """F-1 to F-3; around the root (G-5) too."""
    check_named(tree, reference, others, findings, "F-1")
    unnamed = [(tree, path) for path in tree.sizes if path not in reference
               and path != "SHA256SUMS" and not path.startswith("download/")
               and not SIGNATURE_NAME.fullmatch(path)]
    for where, path in unnamed + [(tree.whole, path) for path in tree.around]:
        rule = addition_fault(where, path, reference)
        if rule:
            findings.add("injected", rule, path, "the manifest does not name it")
    for path in tree.empty_folders + tree.empty_around:
        if not PLAIN_FOLDER.fullmatch(path):
            findings.add("injected", "F-3", path, "an empty folder with an unusual name")


def check_named(tree, hashes, others, findings, rule):
    """F-1, D-7: each named file. `others` are the manifests of other known editions."""
    for path, wanted in hashes.items():
        if path not in tree.sizes:
            findings.add("incomplete", rule, path, "it is not there")
            continue
        with findings.about(path):
            found = tree.hash(path)
            other = next((number for number, item in others if item.hashes.get(path) == found), 0)
            mixed = found != wanted and other
            need(not mixed, rule, "it is that of edition %d" % other, "mixed")
            need(found == wanted, rule, "it has other bytes than the manifest says")


def addition_fault(tree, path, reference):
    """A-1 to A-4: None if a file is a known addition, else the rule that it breaks.

    A-5: this checker knows no by-products of systems, and calls them injected.
    """
    known = {"robots.txt": ("A-1", 2_000, lambda data: is_robots(data, reference)),
             "CNAME": ("A-2", 254, HOST_NAME.fullmatch), ".nojekyll": ("A-3", 0, lambda data: True)}
    try:
        if path in HOSTING:
            wanted = reference.get(HOSTING[path])
            return None if wanted and tree.hash(path) == wanted else "A-4"
        if path not in known:
            return "F-2"
        rule, limit, is_right = known[path]
        return None if is_right(tree.read(path, limit, rule)) else rule
    except Refused as error:
        return error.rule  # What cannot be read or unpacked is no known addition.


def is_robots(data, reference):
    """A-1."""
    try:
        lines = re.split("\r?\n", data.decode("utf-8"))
    except UnicodeDecodeError:
        return False
    return all(is_robots_line(line, reference) for line in lines if line.strip(" \t"))


def is_robots_line(line, reference):
    name, colon, value = (part.strip(" \t") for part in line.partition(":"))
    name = name.lower() if colon and name.isascii() else ""
    if name == "user-agent":
        return re.fullmatch(r"\*|[a-z][a-z-]{0,24}", value, re.ASCII | re.IGNORECASE)
    if name == "crawl-delay":
        return re.fullmatch("[0-9]{1,5}", value)
    return name in ("allow", "disallow") and (
        value in ("", "/", "*", "/*") or any(("/" + path).startswith(value) for path in reference))


# --- 11. download/ ------------------------------------------------------------------------------

MAX_ARCHIVE = 268_435_456


class Copy:
    """What was read of the copy, for the checks of its archives. `manifest` is the reference."""

    def __init__(self, trust, manifest, edition, number, signers, needed, signed, others):
        self.trust, self.manifest, self.edition, self.number = trust, manifest, edition, number
        self.signers, self.needed, self.signed, self.others = signers, needed, signed, others

    def is_archive(self, path):
        """D-1."""
        if not self.edition:
            return path.endswith((".zip", ".car"))
        between = "-draft-" if self.edition.is_draft else "-"
        base = "download/%s%s%d" % (self.edition.campaign, between, self.edition.number)
        return path in (base + ".zip", base + ".car")


@contextlib.contextmanager
def opened_archive(tree, path):
    """D-2."""
    need(tree.sizes[path] <= MAX_ARCHIVE, "D-2", "the archive has too many bytes")
    with tree.blob(path) as blob:
        try:
            archive = CarTree(blob) if path.endswith(".car") else ZipTree(blob)
        except Refused as error:
            text = "%s (%s)" % (error.text, error.rule)
            raise Refused("tampered", "D-2", text) from None
        yield archive


def check_download(tree, copy, findings):
    """D-1 to D-8."""
    roots, cid_path = set(), "download/CID.txt"
    for path in sorted(path for path in tree.sizes if path.startswith("download/")):
        inside = Findings()
        if path.endswith((".zip", ".car")):
            with inside.about(""), opened_archive(tree, path) as archive:
                if path.endswith(".car") and copy.is_archive(path):
                    roots.add(archive.root)
                inside.extend(archive.findings)
                check_archive(archive, copy, inside)
        if copy.is_archive(path):
            for verdict, rule, name, text in inside:
                findings.add(verdict, rule, path, "%s: %s" % (quoted(name), text) if name else text)
        elif path != cid_path:
            verdict = "mixed" if inside.verdict() == "mixed" else "injected"
            findings.add(verdict, "D-1", path, "it is none of the archives of this edition")
    if cid_path in tree.sizes:
        with findings.about(cid_path):
            roots = roots or roots_of_zips(tree, copy)
            need(roots, "D-8", "there is no archive whose CID it could be", "injected")
            data = tree.read(cid_path, 100, "D-8")
            right = any(data == (cid_text(root) + "\n").encode() for root in roots)
            need(right, "D-8", "it is not the CID of the archive")


def roots_of_zips(tree, copy):
    """D-8: the CIDs that the files of zips have, of those that can be read."""
    roots = set()
    for path in tree.sizes:
        if path.endswith(".zip") and copy.is_archive(path):
            with contextlib.suppress(Refused), opened_archive(tree, path) as archive:
                roots.add(root_of(archive))
    return roots


def root_of(tree):
    """D-4: the root of a CAR of the files of a tree."""
    top = {}
    for path in tree.sizes:
        *above, name = path.split("/")
        folder = top
        for part in above:
            folder = folder.setdefault(part, {})
        folder[name] = usual_file(b"".join(tree.chunks(path)))
    return usual_folder(top)[0]


def usual_file(data):
    """D-4: the CID of a file, and the bytes of its blocks."""
    pieces = [data[at:at + MIB] for at in range(0, len(data), MIB)] or [b""]
    links = [("", raw_cid(piece), len(piece)) for piece in pieces]
    if len(pieces) == 1:
        return links[0][1:]
    unixfs = b"\x08\x02\x18" + number_bytes(len(data))
    return node_of(links, unixfs + b"".join(b"\x20" + number_bytes(len(p)) for p in pieces))


def usual_folder(children):
    """D-4: the same of a folder, of whose names some are folders themselves."""
    links = []
    for name in sorted(children, key=str.encode):
        child = children[name]
        links.append((name, *(usual_folder(child) if isinstance(child, dict) else child)))
    return node_of(links, b"\x08\x01")


def node_of(links, unixfs):
    """C-7, D-4: the CID of a node, and how many bytes it has with all below it."""
    block = b""
    for name, cid, below in links:
        link = field_bytes(0x0A, cid) + field_bytes(0x12, name.encode())
        block += field_bytes(0x12, link + b"\x18" + number_bytes(below))
    block += field_bytes(0x0A, unixfs)
    cid = bytes([1, DAG_PB, 0x12, 0x20]) + hashlib.sha256(block).digest()
    return cid, len(block) + sum(below for _, _, below in links)


def raw_cid(piece):
    return bytes([1, RAW, 0x12, 0x20]) + hashlib.sha256(piece).digest()


def field_bytes(tag, value):
    return bytes([tag]) + number_bytes(len(value)) + value


def check_archive(archive, copy, findings):
    """D-3 to D-7."""
    fault = archive.deviation()
    if fault:
        findings.add("injected", fault[0], "", "it is not packed as every build does: " + fault[1])
    need("SHA256SUMS" in archive.sizes, "D-5", "it has no SHA256SUMS")
    data = archive.read("SHA256SUMS", MAX_MANIFEST, "D-5")
    if not copy.manifest or data != copy.manifest.data:
        verdict = "mixed" if is_other_number(archive, data, copy) else "tampered"
        raise Refused(verdict, "D-5", "it holds something else than this edition")
    check_contents(archive, copy, findings)


def is_other_number(archive, data, copy):
    """D-5: whether an archive is known or proven to hold an edition of another number."""
    known_as = copy.trust.numbers.get(sha256(data))
    if known_as is not None and known_as != copy.number:
        return True
    try:
        manifest = Manifest(data)
        edition = Edition(archive.read("EDITION.txt", MAX_EDITION, "E-1"))
    except (Refused, KeyError):
        return False  # What cannot be read proves nothing.
    if edition.is_draft or edition.number == copy.number:
        return False
    signers = set(edition.signed_by)
    _, signed = check_signatures(archive, manifest, edition, signers, copy.needed, Findings())
    return is_proven(signed, manifest, edition)


def check_contents(archive, copy, findings):
    """D-6, D-7."""
    _, signed = check_signatures(archive, copy.manifest, copy.edition, copy.signers, copy.needed,
                                 findings)
    if copy.signed and not signed:
        findings.add("incomplete", "D-6", "", "it has not the signatures that the copy has")
    hashes = copy.manifest.hashes
    check_named(archive, hashes, copy.others, findings, "D-7")
    for path in list(archive.sizes) + archive.empty_folders:
        if path not in hashes and path != "SHA256SUMS" and not SIGNATURE_NAME.fullmatch(path):
            findings.add("injected", "D-7", path, "the manifest does not name it")


# --- 12. Verdicts -------------------------------------------------------------------------------


def check(target, trust, today):
    """All findings about a target."""
    findings = Findings()
    with findings.about(""), opened_target(target) as tree:
        findings.extend(tree.findings)
        check_tree(tree, trust, today, findings)
    return findings


def read_if_there(tree, path, limit, rule, make, findings):
    """A file that is read and refused by its own rules; None if it is not there or refused."""
    with findings.about(path):
        need(path in tree.sizes, rule, "it is not there", "incomplete")
        return make(tree.read(path, limit, rule))
    return None


def check_tree(tree, trust, today, findings):
    manifest = read_if_there(tree, "SHA256SUMS", MAX_MANIFEST, "M-1", Manifest, findings)
    if manifest:
        with findings.about("SHA256SUMS"):
            manifest.check_names_edition()
    edition = read_if_there(tree, "EDITION.txt", MAX_EDITION, "E-1", Edition, findings)
    is_edition = bool(edition) and not edition.is_draft
    if edition and edition.is_draft:
        findings.add("unsigned", "E-3", "EDITION.txt", "it is a draft")

    chain = read_chain(tree, manifest, edition, findings)
    if trust.given:
        needed = needs_by_keys(trust, edition, chain, findings)
    else:
        needed = needs_by_clone(trust, edition, manifest, chain, findings)
    signers = set(edition.signed_by) if is_edition else trust.ids()
    if ("too new", "E-2") in [item[:2] for item in findings]:
        signers = None
    counted, signed = check_signatures(tree, manifest, edition, signers, needed, findings)
    if needed:
        check_enough(tree, needed, counted, findings)

    known_as = trust.numbers.get(manifest.hash) if manifest else None
    number = edition.number if is_edition else known_as
    others = [(n, item.manifest) for n, item in trust.known.items() if n != number]
    reference = manifest
    if is_edition and number in trust.known and not signed:
        reference = trust.known[number].manifest
        if manifest and manifest.hash != reference.hash:
            findings.add("tampered", "F-1", "SHA256SUMS", "it is not that of edition %d" % number)
    check_files(tree, reference.hashes if reference else {}, others, findings)
    copy = Copy(trust, reference, edition, number, signers, needed, signed, others)
    check_download(tree, copy, findings)
    if known_as != number and known_as is not None:
        findings.add("mixed", "V-3", "SHA256SUMS", "it is that of edition %d" % known_as)
    if is_proven(signed, manifest, edition):
        check_time(trust, manifest, edition, today, findings)


def check_enough(tree, needed, counted, findings):
    """T-12."""
    ids = {match[1] for match in map(SIGNATURE_NAME.fullmatch, tree.sizes) if match}
    too_new = "too new" in [item[0] for item in findings]
    if not counted and not too_new and ids - set(needed.ids):
        findings.add("tampered", "T-12", "SHA256SUMS", "other keys have signed it than it needs")
    if len(counted) < needed.threshold:
        findings.add("unsigned", "T-12", "SHA256SUMS", "%d of the keys that it needs have signed "
                     "it, and %d have to" % (len(counted), needed.threshold))


def check_time(trust, manifest, edition, today, findings):
    """V-4 to V-6, for a proven edition."""
    known = trust.known.get(edition.number)
    if known and known.manifest.hash != manifest.hash:
        findings.add("forked", "V-4", "SHA256SUMS", "another edition %d is known" % edition.number)
    if trust.known and edition.number < trust.newest:
        findings.add("rolled back", "V-5", "EDITION.txt", "edition %d is known" % trust.newest)
    if today > edition.newer_after:
        findings.add("stale", "V-6", "EDITION.txt", "since %s there should be a newer edition"
                     % edition.newer_after)


MEANING = {
    "authentic": "This is a true and whole edition.",
    "unsigned": "Not enough of the keys that you trust have signed it.",
    "stale": "It was true once; look for a newer edition.",
    "rolled back": "It is true, and older than an edition that is known.",
    "forked": "There are two editions of one number: ask those who hold the keys.",
    "too new": "It was made in a newer format: get a newer checker.",
    "incomplete": "Something is missing.",
    "injected": "Something is in it that the signed list does not name.",
    "tampered": "It is not what was signed.",
    "mixed": "It is made of several editions.",
}


def report(findings):
    """V-1: the verdict first, then each finding as a sentence, the gravest first."""
    verdict = findings.verdict()
    print("verdict: %s\n%s" % (verdict, MEANING[verdict]))
    ranked = sorted(findings, key=lambda item: VERDICTS.index(item[0]))
    for found, rule, path, text in ranked[:SHOWN_FINDINGS]:
        print("- %s (%s) %s%s." % (found, rule, quoted(path) + ": " if path else "", text))
    if len(ranked) > SHOWN_FINDINGS:
        print("- and %d more." % (len(ranked) - SHOWN_FINDINGS))


def arguments(words):
    parser = argparse.ArgumentParser(
        prog="verify.py", allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="verify.py [verify] (--key FILE ... | --trust CLONE) [--threshold N] "
              "[--today DATE] TARGET\n       verify.py verify-each",
        description="Check whether a folder, zip or CAR is a true and whole edition of a site.\n"
                    "Take the keys from people whom you trust, never from the copy itself.",
        epilog="With verify-each, lines of standard input are JSON arrays of such words.\n"
               "Exit codes: 0 authentic, 1 any other verdict, 2 no check could be made.\n"
               "The rules that findings name are in docs/spec.md.")
    parser.add_argument("--key", action="append", default=[], metavar="FILE",
                        help="a key file of minisign; as many times as there are keys")
    parser.add_argument("--threshold", metavar="N",
                        help="how many of the keys are enough; without it, all of them")
    parser.add_argument("--trust", metavar="CLONE",
                        help="a clone instead of keys: a folder with editions/<n>/")
    parser.add_argument("--today", metavar="DATE", help="the day of the check, YYYY-MM-DD (UTC)")
    parser.add_argument("target", metavar="TARGET", help="a folder, .zip or .car")
    return parser.parse_args(words)


def verify(words):
    """The findings of one check, as it is asked for on the command line."""
    options = arguments(words)
    threshold = options.threshold
    if threshold is not None and not NUMBER.fullmatch(threshold):
        raise NoCheck("--threshold has to be a number from 1 to the number of keys (T-1).")
    today = options.today
    if today is None:
        today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
    if not is_day(today):
        raise NoCheck("--today has to be a day, YYYY-MM-DD.")
    if bool(options.key) == bool(options.trust):
        raise NoCheck("Say whom you trust: --key FILE, as often as needed, or --trust CLONE (T-1).")
    if options.trust and threshold:
        raise NoCheck("--threshold belongs to --key; a clone has its own (T-1).")
    trust = trust_in_clone(options.trust) if options.trust \
        else trust_in_keys(options.key, threshold and int(threshold))
    return check(options.target, trust, today)


def guarded(words):
    """The findings, or None and why: never a traceback, whatever a hostile file has."""
    try:
        return verify(words), ""
    except NoCheck as problem:
        return None, "No check: %s" % problem
    except Exception as problem:
        return None, "No check: this checker failed (%s: %s)." % (type(problem).__name__, problem)


def exit_code(findings):
    """V-2."""
    return 2 if findings is None else 0 if findings.verdict() == "authentic" else 1


def verify_each():
    for line in sys.stdin:
        try:
            findings = guarded(json.loads(line))[0]
        except (SystemExit, ValueError):  # Wrong words, or a line that is not JSON.
            findings = None
        verdict = "-" if findings is None else findings.verdict()
        print(exit_code(findings), verdict, flush=True)
    return 0


def main(words):
    for output in (sys.stdout, sys.stderr):
        output.reconfigure(errors="backslashreplace")
    if words == ["verify-each"]:
        return verify_each()
    findings, why = guarded(words[1:] if words[:1] == ["verify"] and words[1:] else words)
    if findings is None:
        print(why, file=sys.stderr)
    else:
        report(findings)
        sys.stdout.flush()
    return exit_code(findings)


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except (BrokenPipeError, KeyboardInterrupt):  # Nobody reads on.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    sys.exit(code)
