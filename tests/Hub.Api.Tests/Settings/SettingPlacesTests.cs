using Hub.Api.Settings;
using Microsoft.Extensions.Configuration;

namespace Hub.Api.Tests.Settings;

/// <summary>Errors of options name a setting where and as it was given.</summary>
public sealed class SettingPlacesTests
{
    [Theory]
    [InlineData("Hub:Outbound:AllowedNetworks:0 is wrong", "Hub__Outbound__AllowedNetworks__3 (environment) is wrong")]
    [InlineData("Hub:Outbound:AllowedNetworks:1 is wrong", "Hub:Outbound:AllowedNetworks:10 (command line) is wrong")]
    [InlineData("Hub:AdminKey is short", "Hub__AdminKey (environment) is short")]
    [InlineData("Hub:Inbox:Writers is too much for Hub:AdminKey.", "Hub:Inbox:Writers (command line) is too much for Hub__AdminKey.")]
    [InlineData("Hub:Database:MaxConnections is too low", "Hub__Database__MaxConnections (default) is too low")]
    [InlineData("ConnectionStrings:Hub is none", "ConnectionStrings__Hub (default) is none")]
    [InlineData("No answer within 3 s (Hub:Database:StartTimeout): start it", "No answer within 3 s (Hub__Database__StartTimeout): start it")]
    [InlineData("Hub:Nonsense:Altogether stays", "Hub:Nonsense:Altogether stays")]
    [InlineData("Nothing of it", "Nothing of it")]
    public void Error_NamesTheSettingAsItWasGiven(string error, string told)
    {
        const string prefix = "SETTING_PLACES_TEST__";
        string[] names = [$"{prefix}Hub__Outbound__AllowedNetworks__3", $"{prefix}Hub__AdminKey"];
        try
        {
            Array.ForEach(names, static name => Environment.SetEnvironmentVariable(name, "zzz"));
            var configuration = new ConfigurationBuilder()
                .AddEnvironmentVariables(prefix)
                .AddCommandLine(["--Hub:Outbound:AllowedNetworks:10=yyy", "--Hub:Inbox:Writers=3"])
                .Build();
            Assert.Equal(told, new SettingPlaces(configuration).Tell(error));
        }
        finally
        {
            Array.ForEach(names, static name => Environment.SetEnvironmentVariable(name, null));
        }
    }
}
