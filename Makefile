# What people who change the code do most. Each recipe works without make, too.
.DEFAULT_GOAL := help
.PHONY: help setup run watch test check ci docs clients seed

help: ## List these commands
	@awk -F ': ## ' '/^[a-z]+: ## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Restore the tools and packages of .NET
	dotnet tool restore
	dotnet restore

run: ## Start the server on http://localhost:5080
	dotnet run --project src/WebApi

watch: ## Start the server, and start it again after each change
	dotnet watch --project src/WebApi run

test: ## Run the tests of .NET
	dotnet test

check: ## Check the layout of the code and build it with all warnings, before a commit
	dotnet csharpier check .
	dotnet build

ci: ## Run every check that the workflow runs; it takes a long time
	.ci/run

docs: ## Write the generated documents: openapi.v1.json, errors.md, settings.md and licences.md
	dotnet build src/WebApi
	FITNESSIFY_WRITE_DOCS=1 dotnet test tests/WebApi.Tests --filter ReferenceTests
	deploy/sbom

clients: ## Write the generated parts of both clients, from docs/openapi.v1.json
	clients/generate

seed: ## Create two demo users with 200 tasks in the database of "make run"
	dotnet run --project src/WebApi -- seed-demo
