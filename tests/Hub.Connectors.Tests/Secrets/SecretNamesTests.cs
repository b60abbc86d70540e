using Hub.Connectors.Secrets;

namespace Hub.Connectors.Tests.Secrets;

public sealed class SecretNamesTests
{
    [Theory]
    [InlineData("Authorization")]
    [InlineData("Proxy-Authorization")]
    [InlineData("X-Amz-Authorization")]
    [InlineData("Cookie")]
    [InlineData("Set-Cookie")]
    [InlineData("X-Api-Key")]
    [InlineData("Api-Key")]
    [InlineData("apikey")]
    [InlineData("X_API_KEY")]
    [InlineData("X-Api-Secret")]
    [InlineData("X-Api-Token")]
    [InlineData("Api-Token")]
    [InlineData("X-Auth-Token")]
    [InlineData("X-Auth-Key")]
    [InlineData("X-Auth")]
    [InlineData("X-Access-Token")]
    [InlineData("X-Access-Key")]
    [InlineData("X-Webhook-Secret")]
    [InlineData("X-Webhook-Token")]
    [InlineData("X-Functions-Key")]
    [InlineData("Ocp-Apim-Subscription-Key")]
    [InlineData("X-Gitlab-Token")]
    [InlineData("Private-Token")]
    [InlineData("Job-Token")]
    [InlineData("X-Shopify-Access-Token")]
    [InlineData("X-Amz-Security-Token")]
    [InlineData("X-Goog-Api-Key")]
    [InlineData("X-Goog-Channel-Token")]
    [InlineData("X-Vault-Token")]
    [InlineData("X-Session-Token")]
    [InlineData("X-CSRF-Token")]
    [InlineData("X-XSRF")]
    [InlineData("X-Client-Secret")]
    [InlineData("X-Hasura-Admin-Secret")]
    [InlineData("X-Telegram-Bot-Api-Secret-Token")]
    [InlineData("X-RapidAPI-Key")]
    [InlineData("DD-APPLICATION-KEY")]
    [InlineData("X-Password")]
    [InlineData("X-Jwt-Assertion")]
    [InlineData("Cf-Access-Jwt-Assertion")]
    [InlineData("X-Github-OTP")]
    [InlineData("X-Ms-Token-Aad-Access-Token")]
    [InlineData("Key")]
    [InlineData("X-Amzn-Oidc-Data")]
    [InlineData("X-Ms-Client-Principal")]
    [InlineData("X-Honeycomb-Team")]
    public void Header_WithACredential_IsSecret(string name)
    {
        Assert.True(SecretNames.IsHeader(name));
        Assert.True(SecretNames.IsHeader(name.ToLowerInvariant()));
    }

    [Theory]
    [InlineData("Content-Type")]
    [InlineData("Host")]
    [InlineData("X-Hub-Signature-256")]
    [InlineData("Stripe-Signature")]
    [InlineData("X-Shopify-Hmac-Sha256")]
    [InlineData("X-Twilio-Signature")]
    [InlineData("X-Slack-Request-Timestamp")]
    [InlineData("Idempotency-Key")]
    [InlineData("X-Idempotency-Key")]
    [InlineData("I-Twilio-Idempotency-Token")]
    [InlineData("X-Event-Key")]
    [InlineData("Sec-WebSocket-Key")]
    [InlineData("Partition-Key")]
    [InlineData("X-Ms-Continuation-Token")]
    [InlineData("X-Next-Page-Token")]
    [InlineData("nextPageToken")]
    [InlineData("X-RateLimit-Remaining-Tokens")]
    [InlineData("WWW-Authenticate")]
    [InlineData("Authentication-Results")]
    [InlineData("X-Author")]
    [InlineData("X-Turkey")]
    [InlineData("X-Passenger")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("X-GitHub-Event")]
    public void Header_WithoutOne_IsNot(string name) => Assert.False(SecretNames.IsHeader(name));

    [Theory]
    [InlineData("?a=1&token=abc&b=2", "?a=1&token=***&b=2")]
    [InlineData("?api_key=abc", "?api_key=***")]
    [InlineData("?access%5Ftoken=abc&x", "?access%5Ftoken=***&x")]
    [InlineData("?a=the-secret-of-it&b=2", "?a=***&b=2")]
    [InlineData("?a=x%20the%2Dsecret-of-it", "?a=***")]
    [InlineData("?a=dGhlLXNlY3JldC1vZi1pdA%3D%3D", "?a=***")]
    [InlineData("?token=&key=orders&code=AT&page_token=3", "?token=&key=orders&code=AT&page_token=3")]
    [InlineData("", "")]
    [InlineData("?", "?")]
    [InlineData("?&&=x&", "?&&=x&")]
    public void Query_CredentialsInIt_AreMasked(string query, string expected) =>
        Assert.Equal(expected, MaskedQuery.Of(query, new SecretMask(["the-secret-of-it"])));

    [Theory]
    [InlineData("""{"url":"https://h/p?key=abc&q=1#top","body":"?key=abc"}""", """{"url":"https://h/p?key=***&q=1#top","body":"?key=abc"}""")]
    [InlineData(
        """{"url":"https://h/","query":{"sig":"abc","q":["key"],"token":null}}""",
        """{"url":"https://h/","query":{"sig":"***","q":["key"],"token":null}}"""
    )]
    [InlineData("""{"url":"https://h/?q=key","query":{"q":1}}""", """{"url":"https://h/?q=key","query":{"q":1}}""")]
    [InlineData(
        """{"url":"https://h/","headers":{"X-Functions-Key":"abc","Accept":"*/*"}}""",
        """{"url":"https://h/","headers":{"X-Functions-Key":"***","Accept":"*/*"}}"""
    )]
    public void Input_CredentialsInIt_AreMasked(string input, string expected) =>
        Assert.Equal(expected, SecretMask.None.MaskInput(StandIns.TestHub.Json(input), "url").GetRawText());
}
