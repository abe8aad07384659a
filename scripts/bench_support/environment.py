"""A Python environment for the packages beside which gridcode is measured, thrown away afterwards."""

import subprocess
import sys

from .measure import tell


class Environment:
    """What could be installed, in which version, and what could not."""

    def __init__(self, folder, packages, without=()):
        self.python = folder / "bin" / "python"
        self.versions = {}
        self.missing = {}
        wanted = [package for package in packages if package not in without]
        for package in without:
            self.missing[package] = "left out"
        if wanted and not self.python.exists():
            tell(f"making an environment for {', '.join(wanted)}")
            made = subprocess.run([sys.executable, "-m", "venv", folder], check=False)
            if made.returncode != 0:
                self.missing.update({package: "no environment could be made" for package in wanted})
                wanted = []
        for package in wanted:
            self.versions[package] = self.version(package) or self.install(package)
            if not self.versions[package]:
                del self.versions[package]
                self.missing[package] = "could not be installed"
                tell(f"{package} could not be installed")

    def version(self, package):
        """The version that is installed, or nothing."""
        asked = subprocess.run(
            [self.python, "-c", f"from importlib.metadata import version; print(version('{package}'))"],
            check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        return asked.stdout.strip()

    def install(self, package):
        tell(f"installing {package}")
        pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
        subprocess.run(pip, check=False)
        return self.version(package)
