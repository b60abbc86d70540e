using System.Security.Claims;
using System.Text.Encodings.Web;
using Hub.Api.Errors;
using Hub.Api.Webhooks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Hub.Api.Auth;

/// <summary><c>Authorization: Bearer &lt;admin key&gt;</c>.</summary>
internal sealed class AdminKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AdminKey adminKey,
    KeyGuesses guesses,
    SenderAddress sender
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "AdminKey";

    private const string Prefix = "Bearer ";

    /// <summary>How long the caller must wait, because it sent too many wrong keys.</summary>
    private TimeSpan _wait;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Senders of webhooks have bearers of their own.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (KeySent is not { } key)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var address = sender.Of(Context);
        _wait = guesses.WaitOf(address);
        if (_wait > TimeSpan.Zero)
        {
            return Task.FromResult(AuthenticateResult.Fail("Too many wrong keys came from this address."));
        }

        if (!adminKey.Opens(key))
        {
            guesses.Note(address);
            return Task.FromResult(AuthenticateResult.Fail("The key is not the admin key."));
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "admin")], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    private string WhatCame =>
        !Request.Headers.ContainsKey(HeaderNames.Authorization) ? "No key was sent."
        : KeySent is { Length: > 0 } ? "The key that was sent is not the admin key."
        : "The header Authorization holds no key in the form 'Bearer <key>'.";

    /// <summary>Null when the header has another form.</summary>
    private string? KeySent =>
        Request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? header[Prefix.Length..].Trim()
            : null;

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait > TimeSpan.Zero)
        {
            Response.Headers.RetryAfter = ((int)Math.Ceiling(_wait.TotalSeconds)).ToString();
            return Problems
                .Create(429, "too_many_wrong_keys", "Too many wrong keys came from your address. Wait as long as Retry-After says, then send the right one.")
                .ExecuteAsync(Context);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems
            .Create(
                401,
                "unauthorized",
                $"{WhatCame} Send 'Authorization: Bearer <admin key>'. The key was printed at the first start, or is set as Hub__AdminKey."
            )
            .ExecuteAsync(Context);
    }
}
