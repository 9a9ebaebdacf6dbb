"""Where things stand in the project's folder."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
REQUIREMENTS = ROOT / "requirements"
SERVICE_PYTHON = ROOT / ".venv" / "bin" / "python"
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
UI = ROOT / "webchat" / "ui"
MODEL = VAR / "models" / "assistant.tar.gz"
