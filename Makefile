# make help explains the targets. Only Python 3.11+ and make are needed.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
MINUTES ?= 5

.DEFAULT_GOAL := help
.PHONY: help demo page test test-lowest test-newest test-windows audit check docs bench slips fuzz mutants clean

help: ## 列出可用的命令
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

$(STAMP): setup.cfg setup.py pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更高版本" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(STAMP) ## 安装并检查样例 examples/actuals.csv
	$(BIN)/dtcheck verify examples/actuals.csv --fail-on never

page: $(STAMP) ## 做成一个离线网页 dist/dtcheck.html，不装 Python 也能用；取组件要 npm
	$(BIN)/python page/build.py

test: $(STAMP) ## 安装并运行全部测试
	$(BIN)/python -m pytest

# setup.cfg is the only list of versions.
REQUIRED = sed -n '/^install_requires/,/^\[/s/^ *\(.*>=.*\)/\1/p' setup.cfg

test-lowest: ## 各依赖取 setup.cfg 允许的最低版本，运行全部测试
	@mkdir -p .venv-lowest
	@$(REQUIRED) | sed 's/>=\([^,]*\).*/==\1/' > .venv-lowest/lowest.txt
	$(MAKE) test VENV=.venv-lowest PIP_CONSTRAINT='$(CURDIR)/.venv-lowest/lowest.txt'

test-newest: $(STAMP) ## 各依赖升到最新版本，运行全部测试
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager --editable '.[dev]'
	$(MAKE) test

test-windows: $(STAMP) ## 用 Wine 在 Windows 的 Python 上运行全部测试；缺 Wine 时从 Debian 安装，要管理员权限
	PYTHON=$(abspath $(BIN)/python) tests/windows/suite.sh

# Strict: what the service doesn't know is a failure, and so is a service that can't be reached.
audit: ## 查各依赖的最新版本有没有公布的漏洞，要连得上 PyPI 的漏洞库
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@$(REQUIRED) > .venv-audit/newest.txt
	.venv-audit/bin/pip-audit --strict --progress-spinner off --requirement .venv-audit/newest.txt

check: $(STAMP) ## 测试之外的检查：格式、类型、导入次序
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

docs: $(STAMP) ## 重新生成 docs/cli.md，README.md 和 docs/ 各页中的输出
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/pages.py

bench: $(STAMP) ## 测速度：整个进程，同一次运行中的比值
	$(BIN)/python tests/bench/bench.py

slips: $(STAMP) ## 量一量：错一个单位之类的差错查出多少，合理的数误报多少
	$(BIN)/python tests/bench/slips.py

fuzz: $(STAMP) ## 用恶意输入试程序 5 分钟，列出次数；MINUTES=30 更久
	$(BIN)/python tests/fuzz/fuzz.py $(MINUTES)

mutants: $(STAMP) ## 变异测试：代码逐处改动，测试应当发现；各模块抽样，约 20 分钟，ONLY=模块 全试
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	$(BIN)/python tests/mutation/mutants.py $(ONLY)

clean: ## 删去生成的文件
	rm -rf $(VENV) .venv-lowest .venv-audit build dist page/inputs *.egg-info .pytest_cache .mypy_cache .ruff_cache
