using System.Text;

namespace Hub.Fields.Headers;

/// <summary>
/// How header values are read. HTTP leaves bytes above 127 open (obs-text, RFC 9110, section 5.5): what is UTF-8 is taken for that, every other byte for a
/// character of ISO 8859-1. What the hub answers itself goes out in ISO 8859-1.
/// </summary>
public static class HeaderText
{
    public static Encoding Encoding { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Latin1Fallback());

    /// <summary>Whether a value that was read may have come in ISO 8859-1, and so as other bytes than those of UTF-8.</summary>
    public static bool MayBeLatin1(string value) => !Ascii.IsValid(value) && !value.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF');

    private sealed class Latin1Fallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Latin1FallbackBuffer();
    }

    private sealed class Latin1FallbackBuffer : DecoderFallbackBuffer
    {
        private byte[] _bytes = [];
        private int _next;

        public override int Remaining => _bytes.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_bytes, _next) = (bytesUnknown, 0);
            return true;
        }

        public override char GetNextChar() => _next < _bytes.Length ? (char)_bytes[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
            {
                return false;
            }

            _next--;
            return true;
        }

        public override void Reset() => (_bytes, _next) = ([], 0);
    }
}
