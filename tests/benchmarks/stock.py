"""Pydantic models as datamodel-code-generator makes them without options."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import warnings
from pathlib import Path

from datamodel_code_generator import InputFileType, generate
from pydantic import BaseModel

__all__ = ["stock_model"]


def stock_model(source: Path, kind: InputFileType, root: str) -> type[BaseModel]:
    """The class *root* of the models of a schema."""
    name = f"stock_{kind.name.lower()}"
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it announces the defaults of its next version
        path = Path(folder) / f"{name}.py"
        generate(source, input_file_type=kind, output=path)
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    model: type[BaseModel] = getattr(module, root)
    return model
