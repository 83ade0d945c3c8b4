# make help explains the targets. Only Python 3.11+ and make are needed.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test check docs bench mutants clean

help: ## 列出可用的命令
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

$(STAMP): setup.cfg setup.py pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更高版本" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(STAMP) ## 安装并检查样例 examples/actuals.csv
	$(BIN)/dtcheck verify examples/actuals.csv --fail-on never

test: $(STAMP) ## 安装并运行全部测试
	$(BIN)/python -m pytest

check: $(STAMP) ## 测试之外的检查：格式、类型、导入次序
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

docs: $(STAMP) ## 重新生成 docs/cli.md 和 README.md 中的输出
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/readme.py

bench: $(STAMP) ## 测速度：整个进程，同一次运行中的比值
	$(BIN)/python tests/bench.py

mutants: $(STAMP) ## 变异测试：判断、目标、单位、期间的代码逐处改动，测试应当发现（一刻钟左右）
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	$(BIN)/python tests/mutants.py $(ONLY)

clean: ## 删去生成的文件
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
