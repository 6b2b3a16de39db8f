"""Makes the mixtures that the mask network is fitted to: pairs of raw float32 stereo files, 44.1 kHz.

usage: mixes.py POP909 GROOVE SOUNDFONT VOICE.wav SPEECH OUT
  POP909     folder of the POP909 data set (MIT): NNN/NNN.mid
  GROOVE     folder of the Groove MIDI data set (CC BY 4.0)
  SOUNDFONT  a General MIDI .sf2 for fluidsynth; FluidR3_GM (MIT) was used
  VOICE.wav  a solo voice, 44.1 kHz mono 16 bit; vocadito 1 (CC BY 4.0), of which only the first 17 s are used
  SPEECH     folder with a folder of .flac files by speaker; LibriSpeech (CC BY 4.0)
Needs numpy, fluidsynth and flac. Pairs named test_* are for judging only.
"""
import glob, os, struct, subprocess, sys, wave
import numpy as np

RATE, SECONDS = 44100, 17
POP909, GROOVE, FONT, VOICE, SPEECH, OUT = sys.argv[1:]
rng = np.random.default_rng(7)


def number(data, i):
    value = 0
    while True:
        value = value << 7 | data[i] & 127
        i += 1
        if data[i - 1] < 128:
            return value, i


def notes(file):
    """[(track name, [(seconds, note, velocity or 0)])]"""
    data = open(file, 'rb').read()
    count, division = struct.unpack('>HH', data[10:14])
    i, tracks, tempos = 14, [], []
    for _ in range(count):
        i, end = i + 8, i + 8 + struct.unpack('>I', data[i + 4:i + 8])[0]
        tick, status, events, name = 0, 0, [], ''
        while i < end:
            delta, i = number(data, i)
            tick += delta
            if data[i] == 0xFF:
                kind = data[i + 1]
                size, i = number(data, i + 2)
                body, i = data[i:i + size], i + size
                if kind == 0x51:
                    tempos.append((tick, int.from_bytes(body, 'big')))
                if kind == 3:
                    name = body.decode('latin1')
            elif data[i] in (0xF0, 0xF7):
                size, i = number(data, i + 1)
                i += size
            else:
                if data[i] >= 128:
                    status, i = data[i], i + 1
                kind, first = status >> 4, data[i]
                second, i = (0, i + 1) if kind in (0xC, 0xD) else (data[i + 1], i + 2)
                if kind in (8, 9):
                    events.append((tick, first, second if kind == 9 else 0))
        tracks.append((name, events))
        i = end
    tempos.sort()

    def seconds(tick):
        total, last, tempo = 0, 0, 500000
        for at, value in tempos:
            if at >= tick:
                break
            total, last, tempo = total + (at - last) * tempo / division / 1e6, at, value
        return total + (tick - last) * tempo / division / 1e6

    return [(name, [(seconds(t), a, b) for t, a, b in events]) for name, events in tracks]


def length(value):
    out = [value & 127]
    while value > 127:
        value >>= 7
        out.insert(0, value & 127 | 128)
    return bytes(out)


def render(channels, out):
    """channels: (channel, program, pan, [(seconds, note, velocity)])"""
    body = b'MThd' + struct.pack('>IHHH', 6, 1, len(channels), 480)
    for channel, program, pan, events in channels:
        track, last = bytes([0, 0xC0 | channel, program, 0, 0xB0 | channel, 10, pan]), 0
        for second, note, velocity in sorted(events):
            tick = int(second * 960)
            track += length(tick - last) + bytes([0x90 | channel, note, velocity])
            last = tick
        track += b'\0\xff\x2f\0'
        body += b'MTrk' + struct.pack('>I', len(track)) + track
    open(out + '.mid', 'wb').write(body)
    # fluidsynth does not always stop by itself; a few seconds are plenty
    subprocess.run(['timeout', '-k', '1', '4', 'fluidsynth', '-ni', '-g', '0.5', '-r', str(RATE), '-O', 's16', '-T',
                    'raw', '-F', out + '.raw', FONT, out + '.mid'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(out + '.raw', 'rb') as f:
        data = f.read(SECONDS * RATE * 4)
    os.remove(out + '.raw')
    os.remove(out + '.mid')
    samples = np.frombuffer(data[:len(data) // 4 * 4], '<i2').reshape(-1, 2).T / 32768
    return np.pad(samples, ((0, 0), (0, max(0, SECONDS * RATE - samples.shape[1]))))


def accompaniment(song, out):
    tracks = dict(notes(f'{POP909}/{song}/{song}.mid'))
    start = rng.uniform(15, 50)
    cut = lambda events: [(s - start, n, v) for s, n, v in events if start <= s < start + SECONDS]
    piano, bridge, bass, last = cut(tracks['PIANO']), cut(tracks.get('BRIDGE', [])), [], None
    for s, n, v in piano:
        if v and n < 52:
            if last is not None:
                bass.append((max(0, s - 0.01), last, 0))
            last = n - 12 * max(0, -(-(n - 43) // 12))
            bass.append((s, last, 100))
    beats = [f for f in sorted(glob.glob(f'{GROOVE}/drummer*/session*/*beat*.mid')) if os.path.getsize(f) > 6000]
    drums = [e for _, events in notes(beats[rng.integers(len(beats))]) for e in events if e[0] < SECONDS]
    pans = rng.permutation([20, 45, 64, 85, 110])
    return render([(0, int(rng.choice([0, 4, 24, 25, 27, 29, 88, 89, 5])), int(pans[0]), piano),
                   (1, int(rng.choice([48, 50, 61, 27, 80, 11, 73, 56])), int(pans[1]), bridge),
                   (2, int(rng.choice([32, 33, 34, 38])), 64, bass), (9, 0, 64, drums)], out)


def voices():
    w = wave.open(VOICE)
    solo = np.frombuffer(w.readframes(w.getnframes()), '<i2') / 32768
    sung, rest = solo[:17 * RATE], solo[17 * RATE:]
    shifted = lambda x, ratio: np.interp(np.arange(0, len(x) - 1, ratio), np.arange(len(x)), x)
    found = [sung, np.tile(shifted(sung, 1.25), 2), np.tile(shifted(sung, 1.5), 2), np.tile(shifted(sung, 1.75), 2)]
    for speaker in sorted(glob.glob(SPEECH + '/*/')):
        words = []
        for file in sorted(glob.glob(speaker + '*.flac'))[:5]:
            data = subprocess.run(['flac', '-dcs', file], capture_output=True).stdout[44:]
            words.append(np.frombuffer(data[:len(data) // 2 * 2], '<i2') / 32768)
        found.append(shifted(np.concatenate(words), 16000 / RATE))
    return found, [rest, np.tile(shifted(rest, 1.4), 2)]


def room(x):
    n = int(1.2 * RATE)
    size = 1 << (len(x) + n).bit_length()
    tail = rng.standard_normal((2, n)) * 10 ** (-3 * np.arange(n) / RATE) * 0.01
    return np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(tail, size), size)[:, :len(x)]


def pair(name, voice, band):
    n = SECONDS * RATE
    mono = np.tile(voice, 1 + n // len(voice))[:n]
    balance = rng.uniform(-0.06, 0.06)
    stereo = np.stack([mono * (1 + balance), mono * (1 - balance)]) + room(mono) * rng.uniform(0.1, 0.8)
    stereo *= np.sqrt((band ** 2).mean() / (stereo ** 2).mean()) * 10 ** (rng.uniform(-7, 4) / 20)
    for what, x in (('voice', stereo), ('band', band)):
        np.ascontiguousarray(x.T).astype('<f4').tofile(f'{OUT}/{name}.{what}')


os.makedirs(OUT, exist_ok=True)
train, test = voices()
songs = sorted(os.listdir(POP909))
for i, song in enumerate(songs):
    band = accompaniment(song, f'{OUT}/render')
    if i >= len(songs) - 2:
        for j, voice in enumerate(test):
            pair(f'test_{song}_{j}', voice, band)
    else:
        for j in rng.choice(len(train), 4, replace=False):
            pair(f'train_{song}_{j}', train[j], band)
    print(song, flush=True)
