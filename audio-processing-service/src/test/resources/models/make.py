"""Makes the tiny TorchScript modules that the loader is tested with: python3 make.py. Made with torch 1.13."""
import hashlib, json, os, torch


class Centre(torch.nn.Module):
    """Mask: how much left and right are alike around a point. Keeps what stands in the middle."""

    def __init__(self):
        super().__init__()
        self.around = torch.nn.Conv2d(1, 1, 3, padding=1, bias=False)
        torch.nn.init.constant_(self.around.weight, 1 / 9)

    def forward(self, magnitude: torch.Tensor) -> torch.Tensor:
        left, right = self.around(magnitude[:, 0:1]), self.around(magnitude[:, 1:2])
        alike = torch.minimum(left, right) / (torch.maximum(left, right) + 1e-9)
        return torch.cat([alike, alike], 1) ** 4


class Halves(torch.nn.Module):
    """Waveform to two parts: a quarter of the sound, and the rest."""

    def forward(self, sound: torch.Tensor) -> torch.Tensor:
        return torch.stack([sound * 0.75, sound * 0.25], 1)


def save(module, folder, **manifest):
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), folder)
    torch.jit.script(module.eval()).save(os.path.join(here, 'model.pt'))
    with open(os.path.join(here, 'model.pt'), 'rb') as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    with open(os.path.join(here, 'manifest.json'), 'w') as f:
        json.dump(dict(name=folder, version='1', task='vocal-separation', format='torchscript', file='model.pt',
                       sha256=digest, licence='Apache-2.0', **manifest), f, indent=2)
        f.write('\n')


save(Centre(), 'tiny-centre', kind='mask', sample_rate=44100, channels=2, segment_seconds=2, window=2048)
save(Halves(), 'tiny-halves', kind='waveform', sample_rate=44100, channels=1, segment_seconds=2, stem=1)
