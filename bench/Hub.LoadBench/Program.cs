using Hub.LoadBench;
using Hub.LoadBench.Servers;
using Hub.Storage.Embedded;
using Npgsql;

if (args is [BareServer.Verb, var port, var secret])
{
    await BareServer.ServeAsync(int.Parse(port), secret);
    return 0;
}

BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n{BenchOptions.Usage}");
    return 2;
}

try
{
    var report = await new Workbench(options).RunAsync();
    Console.WriteLine(options.Json ? report.ToJson() : string.Join(Environment.NewLine, report.ToLines()));
    return 0;
}
catch (Exception exception) when (exception is InvalidOperationException or TimeoutException or IOException or NpgsqlException or EmbeddedPostgresException)
{
    Console.Error.WriteLine($"The measurement could not be made: {exception.Message}");
    return 1;
}
