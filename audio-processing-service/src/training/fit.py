"""Fits the mask network.

usage: fit.py MIXES CLASSPATH OUT.txt
  MIXES      what mixes.py wrote
  CLASSPATH  of the module's classes and test classes
Needs numpy, torch and java 25.
"""
import glob, os, subprocess, sys
import numpy as np
import torch

MIXES, CLASSPATH, OUT = sys.argv[1:]
INPUTS, HIDDEN = 14, 24
torch.manual_seed(0)
torch.set_num_threads(1)
jobs = []
for voice in sorted(glob.glob(MIXES + '/*.voice')):
    stem = voice[:-6]
    for channels in ('stereo', 'mono'):
        if not os.path.exists(f'{stem}.{channels}.rows'):
            jobs += [voice, stem + '.band', f'{stem}.{channels}.rows', channels]
if jobs:
    subprocess.run(['java', '-Xmx2g', '-XX:+UseSerialGC', '-cp', CLASSPATH,
                    'dev.cadenza.processing.separate.spectral.CueDump'] + jobs, check=True)


def rows(prefix):
    parts = []
    for file in sorted(glob.glob(f'{MIXES}/{prefix}_*.rows')):
        part = np.fromfile(file, '<f4').reshape(-1, INPUTS + 2)
        part[:, -1] /= part[:, -1].mean()
        parts.append(part)
    data = torch.from_numpy(np.concatenate(parts))
    return data[:, :INPUTS], data[:, INPUTS], data[:, INPUTS + 1]


def loss(data, index=slice(None)):
    x, y, w = (d[index] for d in data)
    return (w * (torch.sigmoid(net(x)).squeeze(1) - y) ** 2).mean()


train, test = rows('train'), rows('test')
net = torch.nn.Sequential(torch.nn.Linear(INPUTS, HIDDEN), torch.nn.LeakyReLU(0.1), torch.nn.Linear(HIDDEN, 1))
steps = 9000
optimizer = torch.optim.Adam(net.parameters(), 0.01)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.02, total_steps=steps)
for step in range(steps):
    value = loss(train, torch.randint(0, len(train[0]), (16384,)))
    optimizer.zero_grad()
    value.backward()
    optimizer.step()
    schedule.step()
    if step % 1000 == 999:
        with torch.no_grad():
            print(step + 1, 'train', loss(train).item(), 'test', loss(test).item(), flush=True)
with open(OUT, 'w') as out:
    out.write('# Weights of the mask network, Apache-2.0; data and licences: src/training/README.md\n')
    for tensor in (net[0].weight, net[0].bias, net[2].weight, net[2].bias):
        for row in tensor.detach().reshape(-1, INPUTS if tensor.dim() == 2 and tensor.shape[0] > 1 else 1).tolist() \
                if tensor.dim() == 2 and tensor.shape[0] > 1 else [tensor.detach().reshape(-1).tolist()]:
            out.write(' '.join(f'{v:.5f}' for v in row) + '\n')
