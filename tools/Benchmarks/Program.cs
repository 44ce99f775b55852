using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["indexes"])
{
    await Fitnessify.Benchmarks.TaskIndexes.MeasureAsync();
    return;
}

if (args is ["merges"])
{
    await Fitnessify.Benchmarks.GuestMerges.MeasureAsync();
    return;
}

// The benchmarks run in this process, because the generated project of another toolchain cannot find the server.
BenchmarkSwitcher
    .FromAssembly(typeof(Fitnessify.Benchmarks.LayerBenchmarks).Assembly)
    .Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
