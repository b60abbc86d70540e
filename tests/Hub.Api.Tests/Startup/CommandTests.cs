using Hub.Api.Commands;

namespace Hub.Api.Tests.Startup;

public sealed class CommandTests
{
    [Theory]
    [InlineData("bakup", 1)]
    [InlineData("start", 1)]
    [InlineData("help", 0)]
    [InlineData("--help", 0)]
    [InlineData("-h", 0)]
    public async Task Word_ThatIsNoCommand_StartsNoHub(string word, int exit)
    {
        Assert.True(BackupCommands.IsAskedFor([word, "somewhere"]));
        Assert.Equal(exit, await BackupCommands.RunAsync([word, "somewhere"]));
    }

    [Theory]
    [InlineData]
    [InlineData("--urls", "http://127.0.0.1:1")]
    [InlineData("--urls=http://127.0.0.1:1")]
    [InlineData("Hub:AdminKey=x")]
    public void Settings_AreNoCommand(params string[] settings) => Assert.False(BackupCommands.IsAskedFor(settings));
}
