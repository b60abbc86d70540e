using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace Hub.Api.Tests.OpenApi;

/// <summary>A client that a generator makes of the description compiles and can make the tour: the description is true for clients.</summary>
public sealed class GeneratedClientTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Client_GeneratedFromTheDescription_MakesTheTour()
    {
        StandIn.On("/tour", new StandInAnswer(500, "{}"), new StandInAnswer(200, "{}"));
        var tour = Compile(await GenerateAsync(await Hub.Web.GetStringAsync("/openapi/v1.json", Cancel)), ReadTour());
        var make = tour.GetType("Hub.GeneratedClient.Tour")!.GetMethod("MakeAsync")!;
        var met = await (Task<IReadOnlyDictionary<string, string>>)make.Invoke(null, [Hub.Api, StandIn.At("/tour")])!;
        Assert.Equal("failed", met["delivery"]);
        Assert.Equal("Failed", met["failed"]);
        Assert.Contains("true", met["branch"], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("True", met["replayed"]);
        Assert.Equal("Replayed", met["letter"]);
        Assert.Equal("Completed", met["done"]);
        Assert.Equal("1", met["deliveries"]);
        Assert.Equal("409 source_exists", met["second"]);
        Assert.Contains("/name", met["wrong"], StringComparison.Ordinal);
        Assert.Contains("/signature/secrets", met["wrong"], StringComparison.Ordinal);
        Assert.Equal(2, StandIn.To("/tour").Count);
    }

    private static async Task<string> GenerateAsync(string description)
    {
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "HubClient",
            UseBaseUrl = false,
            GenerateOptionalParameters = true,
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            CSharpGeneratorSettings = { Namespace = "Hub.GeneratedClient", JsonLibrary = CSharpJsonLibrary.SystemTextJson },
        };
        return new CSharpClientGenerator(await NSwag.OpenApiDocument.FromJsonAsync(description, Cancel), settings).GenerateFile();
    }

    private static string ReadTour()
    {
        using var tour = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Tour.cs")!);
        return tour.ReadToEnd();
    }

    private static Assembly Compile(params string[] sources)
    {
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Hub.GeneratedClient",
            sources.Select(static source => CSharpSyntaxTree.ParseText(source)),
            assemblies.Select(static file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var output = new MemoryStream();
        var result = compilation.Emit(output);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error).Take(20)));
        return Assembly.Load(output.ToArray());
    }
}
