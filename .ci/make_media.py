"""Makes the sample files of `nbblocks.media`, all of them our own: run it when one is to change.

    pip install imageio-ffmpeg numpy pillow && python .ci/make_media.py

Their names are those that public programs ask for.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import struct
import subprocess
import tempfile
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import PIL.Image
import PIL.ImageDraw

ROOT = Path(__file__).parent.parent / "nbblocks" / "media_assets"
LIMIT_BYTES = 300_000
rng = np.random.default_rng(7)


def folder(name: str) -> Path:
    path = ROOT / name
    path.mkdir(parents=True, exist_ok=True)
    return path


# --- pictures

Draw = Callable[[PIL.ImageDraw.ImageDraw, int, int], None]


def sky(width: int, height: int, top: tuple[int, int, int], bottom: tuple[int, int, int]) -> PIL.Image.Image:
    shade = np.linspace(top, bottom, height)[:, None, :].repeat(width, axis=1)
    return PIL.Image.fromarray(shade.astype(np.uint8))


def spotted_cat(size: int, spots: int) -> PIL.Image.Image:
    image = sky(size, size, (150, 190, 220), (214, 196, 140))
    draw, s = PIL.ImageDraw.Draw(image), size / 256
    fur, dark = (222, 170, 90), (60, 40, 20)
    for x in (70, 186):
        draw.ellipse([(x - 26) * s, 50 * s, (x + 26) * s, 102 * s], fill=fur, outline=dark)
    draw.ellipse([52 * s, 62 * s, 204 * s, 226 * s], fill=fur, outline=dark)
    for x, y in rng.uniform((70, 80), (186, 200), (spots, 2)):
        draw.ellipse([(x - 4) * s, (y - 4) * s, (x + 4) * s, (y + 4) * s], fill=dark)
    for x in (100, 156):
        draw.ellipse([(x - 10) * s, 120 * s, (x + 10) * s, 140 * s], fill=(250, 220, 90), outline=dark)
        draw.ellipse([(x - 3) * s, 123 * s, (x + 3) * s, 137 * s], fill=(0, 0, 0))
    draw.polygon([(118 * s, 164 * s), (138 * s, 164 * s), (128 * s, 178 * s)], fill=dark)
    draw.arc([108 * s, 168 * s, 148 * s, 200 * s], 20, 160, fill=dark, width=max(1, int(3 * s)))
    return image


def lion() -> PIL.Image.Image:
    image = sky(256, 256, (240, 200, 130), (200, 150, 80))
    draw = PIL.ImageDraw.Draw(image)
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        x, y = 128 + 80 * np.cos(angle), 132 + 80 * np.sin(angle)
        draw.ellipse([x - 30, y - 30, x + 30, y + 30], fill=(130, 70, 30))
    draw.ellipse([60, 64, 196, 200], fill=(226, 170, 90))
    for x in (102, 154):
        draw.ellipse([x - 8, 110, x + 8, 126], fill=(50, 30, 10))
    draw.polygon([(114, 146), (142, 146), (128, 162)], fill=(70, 40, 20))
    draw.arc([100, 150, 128, 176], 0, 140, fill=(70, 40, 20), width=3)
    draw.arc([128, 150, 156, 176], 40, 180, fill=(70, 40, 20), width=3)
    return image


def tower() -> PIL.Image.Image:
    image = sky(320, 400, (120, 170, 230), (235, 225, 210))
    draw = PIL.ImageDraw.Draw(image)
    draw.polygon([(150, 40), (170, 40), (230, 370), (90, 370)], fill=(110, 95, 85))
    for y, half in ((140, 30), (230, 46), (370, 72)):
        draw.rectangle([160 - half, y, 160 + half, y + 10], fill=(80, 70, 62))
    draw.pieslice([125, 300, 195, 440], 180, 360, fill=(226, 216, 200))
    draw.line([160, 40, 160, 10], fill=(80, 70, 62), width=3)
    draw.rectangle([0, 380, 320, 400], fill=(90, 140, 80))
    return image


def tree_person() -> PIL.Image.Image:
    image = sky(400, 225, (30, 40, 70), (80, 90, 120))
    draw = PIL.ImageDraw.Draw(image)
    draw.rounded_rectangle([150, 40, 250, 225], 40, fill=(110, 80, 50))
    for x in (180, 220):
        draw.ellipse([x - 12, 85, x + 12, 109], fill=(20, 15, 10))
        draw.ellipse([x - 4, 89, x + 2, 95], fill=(240, 240, 240))
    draw.arc([180, 105, 220, 140], 20, 160, fill=(40, 25, 10), width=3)
    for x, y in ((150, 50), (175, 32), (205, 28), (235, 40), (252, 60)):
        draw.ellipse([x - 14, y - 10, x + 14, y + 10], fill=(80, 130, 60))
    return image


def bus() -> PIL.Image.Image:
    image = sky(122, 136, (200, 225, 245), (180, 180, 180))
    draw = PIL.ImageDraw.Draw(image)
    draw.rounded_rectangle([14, 20, 108, 110], 10, fill=(220, 60, 50))
    draw.rectangle([24, 32, 98, 62], fill=(180, 220, 240))
    for x in (24, 82):
        draw.ellipse([x, 80, x + 16, 96], fill=(250, 240, 180))
        draw.rectangle([x, 110, x + 16, 124], fill=(40, 40, 40))
    return image


def mark(size: tuple[int, int]) -> PIL.Image.Image:
    image = PIL.Image.new("RGBA", size, (0, 0, 0, 0))
    draw, (w, h) = PIL.ImageDraw.Draw(image), size
    for at, colour in enumerate(((31, 95, 208), (242, 140, 40), (26, 127, 69))):
        x = w * (0.06 + 0.31 * at)
        top = h * (0.55 - 0.2 * at)
        draw.rounded_rectangle([x, top, x + w * 0.25, h * 0.92], w * 0.05, fill=(*colour, 255))
    return image


def window(step: int) -> PIL.Image.Image:
    image = PIL.Image.new("RGB", (320, 190), (240, 241, 244))
    draw = PIL.ImageDraw.Draw(image)
    draw.rectangle([0, 0, 320, 20], fill=(60, 66, 80))
    for at, colour in enumerate(((230, 90, 80), (240, 190, 70), (90, 190, 100))):
        draw.ellipse([8 + 16 * at, 5, 18 + 16 * at, 15], fill=colour)
    draw.rectangle([20, 40, 150, 60], outline=(134, 142, 156), fill=(255, 255, 255))
    draw.rectangle([24, 46, 24 + 20 * step, 54], fill=(60, 66, 80))
    draw.rectangle([20, 72, 150, 92], fill=(31, 95, 208))
    draw.rectangle([170, 40, 300, 92], outline=(213, 217, 224), fill=(255, 255, 255))
    draw.rectangle([176, 48, 176 + 18 * step, 56], fill=(60, 66, 80))
    return image


def pictures() -> None:
    images = folder("images")
    spotted_cat(256, 40).save(images / "cheetah1.jpg", quality=80)
    spotted_cat(300, 60).save(images / "cheetah.jpg", quality=75)
    lion().save(images / "lion.jpg", quality=80)
    tower().save(images / "tower.jpg", quality=75)
    tree_person().save(images / "groot.jpeg", quality=75)
    bus().save(images / "bus.png", optimize=True)
    mark((128, 112)).save(images / "logo.png", optimize=True)
    mark((256, 256)).save(images / "hf-logo_transpng.png", optimize=True)
    spotted_cat(96, 20).convert("RGBA").save(images / "avatar.png", optimize=True)
    frames = [window(step).quantize(16) for step in range(7)]
    frames[0].save(images / "screenshot.gif", save_all=True, append_images=frames[1:], duration=400, loop=0)


# --- sounds


def notes(frequencies: list[float], rate: int, seconds: float, harmonics: int = 3) -> np.ndarray:
    t = np.arange(int(rate * seconds)) / rate
    fade = np.minimum(1, np.minimum(t, seconds - t) * 40)
    waves = [sum(np.sin(2 * np.pi * f * k * t) / k**2 for k in range(1, harmonics + 1)) * fade for f in frequencies]
    return np.concatenate(waves) * 0.4


def write_wav(path: Path, sound: np.ndarray, rate: int) -> None:
    samples = (np.clip(sound, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.tobytes())


def ffmpeg(*arguments: str) -> None:
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *arguments], check=True)


def sounds() -> None:
    audio = folder("audio")
    write_wav(audio / "audio_sample.wav", notes([440, 550, 660], 8000, 0.33), 8000)
    write_wav(audio / "cantina.wav", notes([587, 880, 587, 880, 587, 880, 831, 880], 11025, 0.16), 11025)
    write_wav(audio / "sax.wav", notes([311, 349, 392, 466], 8000, 0.22, harmonics=8), 8000)
    left, right = notes([262, 330], 8000, 0.3), notes([392, 523], 8000, 0.3)
    write_wav(audio / "recording1.wav", np.stack([left, right], axis=1), 8000)
    with tempfile.TemporaryDirectory() as made:
        for name, base in (("cate_blanch", 220.0), ("cate_blanch_2", 247.0), ("heath_ledger", 131.0)):
            wav = Path(made) / "voice.wav"
            write_wav(wav, notes([base * r for r in (1, 1.12, 0.94, 1.05, 0.84)], 22050, 0.24, harmonics=12), 22050)
            ffmpeg("-i", str(wav), "-b:a", "32k", "-map_metadata", "-1", str(audio / f"{name}.mp3"))


# --- films


def film(path: Path, source: str, seconds: float, *, sound: bool, codec: tuple[str, ...] = ()) -> None:
    tone = ("-f", "lavfi", "-i", f"sine=frequency=330:duration={seconds}") if sound else ()
    codec = codec or ("-c:v", "libx264", "-crf", "34", "-preset", "veryslow", "-pix_fmt", "yuv420p")
    audio = ("-c:a", "aac", "-b:a", "24k", "-ac", "1") if sound and path.suffix == ".mp4" else ()
    ffmpeg("-f", "lavfi", "-i", source, *tone, "-t", str(seconds), *codec, *audio, "-movflags", "+faststart",
           "-map_metadata", "-1", "-fflags", "+bitexact", str(path))  # fmt: skip


def films() -> None:
    videos = folder("videos")
    film(videos / "a.mp4", "gradients=s=240x136:r=12:speed=0.02:seed=3", 2, sound=True)
    film(videos / "b.mp4", "gradients=s=240x136:r=12:speed=0.03:seed=5:c0=navy:c1=orange", 2, sound=True)
    film(videos / "muted_b.mp4", "gradients=s=240x136:r=12:speed=0.03:seed=5:c0=navy:c1=orange", 2, sound=False)
    film(videos / "world.mp4", "gradients=s=240x136:r=12:speed=0.02:seed=9:c0=teal:c1=white", 3, sound=True)
    mpeg4 = ("-c:v", "mpeg4", "-q:v", "31", "-c:a", "libmp3lame", "-b:a", "24k", "-ac", "1")
    film(videos / "b.avi", "gradients=s=128x72:r=12:speed=0.03:seed=5:c0=navy:c1=orange", 2, sound=True, codec=mpeg4)


# --- models

Mesh = tuple[np.ndarray, np.ndarray]


def globe(rings: int, bulge: Callable[[np.ndarray], np.ndarray]) -> Mesh:
    """A ball of rings, each point moved by `bulge`."""
    theta, phi = np.meshgrid(np.linspace(0, np.pi, rings), np.linspace(0, 2 * np.pi, 2 * rings), indexing="ij")
    points = np.stack([np.sin(theta) * np.cos(phi), np.cos(theta), np.sin(theta) * np.sin(phi)], -1)
    points = bulge(points)
    at = np.arange(rings * 2 * rings).reshape(rings, 2 * rings)
    a, b, c, d = at[:-1, :-1], at[1:, :-1], at[1:, 1:], at[:-1, 1:]
    faces = np.concatenate([np.stack([a, c, b], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)])
    return points.reshape(-1, 3).astype(np.float32), faces.astype(np.uint16)


def bunny(p: np.ndarray) -> np.ndarray:
    ears = np.exp(-(((np.abs(p[..., 0]) - 0.3) ** 2 + p[..., 2] ** 2) * 40)) * (p[..., 1] > 0)
    return p * [0.8, 1, 0.8] + np.stack([np.zeros_like(ears), ears * 0.9, np.zeros_like(ears)], -1)


def duck(p: np.ndarray) -> np.ndarray:
    bill = np.exp(-((p[..., 0] ** 2 + (p[..., 1] - 0.2) ** 2) * 30)) * (p[..., 2] > 0)
    return p * [0.9, 0.8, 1.2] + np.stack([np.zeros_like(bill), np.zeros_like(bill), bill * 0.7], -1)


def face(p: np.ndarray) -> np.ndarray:
    nose = np.exp(-((p[..., 0] ** 2) * 60 + (p[..., 1] ** 2) * 18)) * (p[..., 2] > 0)
    return p * [0.75, 1, 0.85] + np.stack([np.zeros_like(nose), np.zeros_like(nose), nose * 0.3], -1)


def bust(p: np.ndarray) -> np.ndarray:
    return p * (1 - 0.35 * np.exp(-((p[..., 1] - 0.1) ** 2) * 30))[..., None] * [1, 1.3, 1]


def write_obj(path: Path, mesh: Mesh) -> None:
    points, faces = mesh
    lines = [f"v {x:.3f} {y:.3f} {z:.3f}" for x, y, z in points] + [f"f {a} {b} {c}" for a, b, c in faces + 1]
    path.write_text("\n".join(lines) + "\n")


def write_stl(path: Path, mesh: Mesh) -> None:
    points, faces = mesh
    corners = points[faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    body = io.BytesIO()
    for normal, triangle in zip(normals, corners, strict=True):
        body.write(struct.pack("<12fH", *normal, *triangle.reshape(-1), 0))
    path.write_bytes(b"a bust".ljust(80) + struct.pack("<I", len(faces)) + body.getvalue())


def gltf(mesh: Mesh, colour: list[float], uri: bool) -> tuple[dict[str, object], bytes]:
    """https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html."""
    points, faces = mesh
    blob = points.tobytes() + faces.tobytes()
    blob += b"\0" * (-len(blob) % 4)
    buffer: dict[str, object] = {"byteLength": len(blob)}
    if uri:
        buffer["uri"] = "data:application/octet-stream;base64," + base64.b64encode(blob).decode()
    low, high = points.min(0).tolist(), points.max(0).tolist()
    scene: dict[str, object] = {
        "asset": {"version": "2.0", "generator": "nbblocks"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "materials": [{"pbrMetallicRoughness": {"baseColorFactor": colour}, "doubleSided": True}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": len(points), "type": "VEC3", "min": low, "max": high},
            {"bufferView": 1, "componentType": 5123, "count": faces.size, "type": "SCALAR"},
        ],
        "bufferViews": [
            {"buffer": 0, "byteLength": points.nbytes, "target": 34962},
            {"buffer": 0, "byteOffset": points.nbytes, "byteLength": faces.nbytes, "target": 34963},
        ],
        "buffers": [buffer],
    }
    return scene, blob


def write_glb(path: Path, mesh: Mesh, colour: list[float]) -> None:
    scene, blob = gltf(mesh, colour, uri=False)
    text = json.dumps(scene, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    parts = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(blob), b"BIN\0") + blob
    path.write_bytes(struct.pack("<4sII", b"glTF", 2, 12 + len(parts)) + parts)


def models() -> None:
    models3d = folder("models3d")
    write_obj(models3d / "Bunny.obj", globe(14, bunny))
    write_obj(models3d / "face.obj", globe(14, face))
    write_stl(models3d / "sofia.stl", globe(9, bust))
    write_glb(models3d / "Duck.glb", globe(16, duck), [0.95, 0.8, 0.2, 1])
    scene, _ = gltf(globe(14, lambda p: p * [0.6, 0.9, 1.3]), [0.9, 0.45, 0.15, 1], uri=True)
    (models3d / "Fox.gltf").write_text(json.dumps(scene, separators=(",", ":")))


# --- tables and texts


def passengers(count: int) -> Iterator[list[object]]:
    """Invented people of an invented voyage, under the columns of the well-known table."""
    names = ["Archer", "Bell", "Castle", "Dale", "Ember", "Frost", "Grove", "Hale", "Iris", "Jolly", "Kettle", "Lark"]
    for number in range(1, count + 1):
        sex = "female" if rng.random() < 0.4 else "male"
        pclass = int(rng.choice([1, 2, 3], p=[0.25, 0.2, 0.55]))
        age = "" if rng.random() < 0.15 else int(np.clip(rng.normal(30, 13), 1, 80))
        lives = rng.random() < (0.75 if sex == "female" else 0.2) + 0.1 * (2 - pclass)
        title = {"female": "Ms.", "male": "Mr."}[sex]
        name = f"{names[rng.integers(12)]}, {title} {'ABCDEFGHKLMN'[rng.integers(12)]}. No. {number}"
        fare = round(float(rng.gamma(2, 40 / pclass)), 2)
        cabin = f"{'ABCDE'[rng.integers(5)]}{rng.integers(1, 120)}" if pclass == 1 else ""
        port = str(rng.choice(["S", "C", "Q"], p=[0.7, 0.2, 0.1]))
        family = (int(rng.poisson(0.5)), int(rng.poisson(0.4)))
        yield [number, int(lives), pclass, name, sex, age, *family, f"T{10000 + number}", fare, cabin, port]


def tables() -> None:
    data = folder("data")
    columns = [
        "PassengerId",
        "Survived",
        "Pclass",
        "Name",
        "Sex",
        "Age",
        "SibSp",
        "Parch",
        "Ticket",
        "Fare",
        "Cabin",
        "Embarked",
    ]
    with (data / "titanic.csv").open("w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([columns, *passengers(150)])
    with (data / "time.csv").open("w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(
            [["time", "value", "price"], *[[t, t * t % 11, 3 + 2 * t] for t in range(1, 9)]]
        )
    (data / "imagenet_labels.json").write_text(json.dumps([f"class {n}" for n in range(1000)]))
    (data / "sample.txt").write_text("A sample of text, in two lines.\nThis is the second.\n")
    said = ["Good morning.", "This is a sample.", "It has three lines."]
    starts = [f"00:00:0{n}" for n in range(4)]
    lines = [f"{n + 1}\n{starts[n]},000 --> {starts[n + 1]},000\n{text}\n" for n, text in enumerate(said)]
    (data / "s1.srt").write_text("\n".join(lines))
    cues = [f"{starts[n]}.000 --> {starts[n + 1]}.000\n{text}\n" for n, text in enumerate(said)]
    (data / "s2.vtt").write_text("WEBVTT\n\n" + "\n".join(cues))
    timed = [{"text": text, "timestamp": [float(n), n + 1.0]} for n, text in enumerate(said)]
    (data / "s3.json").write_text(json.dumps(timed, indent=1) + "\n")


if __name__ == "__main__":
    for make in (pictures, sounds, films, models, tables):
        make()
    total = sum(p.stat().st_size for p in ROOT.rglob("*") if p.is_file())
    for path in sorted(ROOT.rglob("*")):
        if path.is_file():
            print(f"{path.stat().st_size:8} {path.relative_to(ROOT)}")
    print(f"{total:8} bytes in all")
    if total > LIMIT_BYTES:
        raise SystemExit(f"more than {LIMIT_BYTES} bytes")
