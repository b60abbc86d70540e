namespace Hub.Engine.Tests;

public sealed class OutageTests
{
    [Fact]
    public void Outage_MetAgainAndAgain_IsSaidOnceAndItsEndOnce()
    {
        var (outage, said) = (new Outage(), new List<string>());
        for (var round = 0; round < 2; round++)
        {
            outage.Over(() => said.Add("back"));
            outage.Seen(() => said.Add("away"));
            outage.Seen(() => said.Add("away"));
            outage.Over(() => said.Add("back"));
        }

        Assert.Equal(["away", "back", "away", "back"], said);
    }
}
