# Each target hands its work to deploy/local, which needs nothing but a Python 3.8 or newer.
.DEFAULT_GOAL := help
.PHONY: help run test lint train shell evaluate bench simulate worker migrate core lock clean

find_python = $(shell for python in python3 python "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.*/bin/python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && { echo "$$python"; break; }; done)
PYTHON = $(or $(find_python),$(error Python 3.8 or newer is needed: install the package python3 of your system))
LOCAL = $(PYTHON) -m deploy.local

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):  ## \(.*\)/make \1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

run:  ## Set everything up and start the assistant; Ctrl-C stops it
	@$(LOCAL) run

test:  ## Set everything up and run every check and test
	@$(LOCAL) test

lint:  ## Read the code without running it: ruff, mypy, import contracts
	@$(LOCAL) lint

train:  ## Train the language model if its inputs changed
	@$(LOCAL) train

shell:  ## Talk to the assistant in this terminal
	@$(LOCAL) shell

evaluate:  ## Measure how well messages are understood (ARGS=--diet: Rasa's own classifier too)
	@$(LOCAL) evaluate $(ARGS)

bench:  ## Measure, each figure beside its floor (ARGS="name ..." for some only)
	@$(LOCAL) bench $(ARGS)

N = 500
SEED = 1
simulate:  ## Let simulated people book, N=500 of them with SEED=1, and check what came of it
	@$(LOCAL) simulate $(N) $(SEED)

worker:  ## Run a worker alone
	@$(LOCAL) core worker

migrate:  ## Bring the tables up to date
	@$(LOCAL) core migrate

lock:  ## Write the locked requirements from requirements/*.in (ARGS=--upgrade for newer versions)
	@$(LOCAL) lock $(ARGS)

core:  ## Run a command of the scheduler, such as ARGS="person list"
	@$(LOCAL) core $(ARGS)

clean:  ## Remove what the set-up brought; bookings, mails and secrets stay
	@$(LOCAL) clean
