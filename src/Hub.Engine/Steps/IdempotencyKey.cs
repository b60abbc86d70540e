using System.Security.Cryptography;
using System.Text;

namespace Hub.Engine.Steps;

/// <summary>The key that a step's call is known by: the same for every try of it in one execution, and for each item another.</summary>
internal static class IdempotencyKey
{
    /// <summary>A longer one ends with a hash: services bound what they take.</summary>
    private const int Longest = 200;

    public static string Of(StepScope scope, string step)
    {
        if (scope.Iteration is null)
        {
            return $"{scope.ExecutionId}-{step}";
        }

        var place = $"{scope.Iteration}-{step}";
        var key = $"{scope.ExecutionId}-{place}";
        return key.Length <= Longest ? key : $"{scope.ExecutionId}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)))}";
    }
}
