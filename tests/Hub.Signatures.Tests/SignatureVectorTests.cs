namespace Hub.Signatures.Tests;

public sealed class SignatureVectorTests
{
    private readonly SignatureSchemes schemes = new();

    public static TheoryData<int, string> Vectors
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (i, vector) in SignatureVectors.All.Index())
            {
                data.Add(i, $"{vector.GetProperty("scheme")}: {vector.GetProperty("name")}");
            }

            // A theory without cases fails, and this one is to be skipped.
            if (SignatureVectors.All.Count == 0)
            {
                data.Add(0, "none");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_SharedVector_AsExpected(int index, string name)
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        var vector = SignatureVectors.All[index];
        var schemeName = vector.GetProperty("scheme").GetString()!;
        Assert.True(schemes.TryFind(schemeName, out var scheme), $"no scheme for {name}");

        var result = scheme.Verify(SignatureVectors.RequestOf(vector), [vector.GetProperty("secret").GetString()!]);

        Assert.Equal(vector.GetProperty("expect").GetString() == "valid", result.IsValid);
        Assert.NotEmpty(result.Reason);
        Assert.DoesNotContain(vector.GetProperty("secret").GetString()!, result.Reason, StringComparison.Ordinal);
    }
}
