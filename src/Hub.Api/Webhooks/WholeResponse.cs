namespace Hub.Api.Webhooks;

/// <summary>A response that is known as a whole.</summary>
internal static class WholeResponse
{
    /// <summary>The type is left out where there is no body.</summary>
    public static async Task WriteAsync(HttpResponse response, int status, string? contentType, ReadOnlyMemory<byte> body)
    {
        response.StatusCode = status;
        if (body.IsEmpty)
        {
            // Said, or an error without a body would get the hub's own.
            response.ContentLength = status is 204 or 304 ? null : 0;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, CancellationToken.None);
    }
}
