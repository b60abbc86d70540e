using System.Text;

namespace Hub.Fields.Charsets;

/// <summary>.NET's code pages, none of which is known to <see cref="Encoding.GetEncoding(int)"/> here: what others read is not changed.</summary>
internal static class CodePages
{
    private const int Gb18030 = 54936;

    /// <summary>Unknown bytes become U+FFFD.</summary>
    public static Encoding Get(int page)
    {
        var provider = CodePagesEncodingProvider.Instance;
        return provider.GetEncoding(page) is { } loose
            ? provider.GetEncoding(page, EncoderFallback.ExceptionFallback, new SecondReading(loose, page == Gb18030))!
            : Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFD"));
    }

    /// <summary>
    /// With a fallback of one's own, .NET does not read the second code that some characters have (NEC's in Shift_JIS). With its own it does.
    /// </summary>
    private sealed class SecondReading(Encoding loose, bool isChinese) : DecoderFallback
    {
        public override int MaxCharCount => 2;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(loose, isChinese);
    }

    private sealed class Buffer(Encoding loose, bool isChinese) : DecoderFallbackBuffer
    {
        private string _text = "";
        private int _next;

        public override int Remaining => _text.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            var read = bytesUnknown.Length < 2 ? "" : loose.GetString(bytesUnknown);

            // GBK has the euro sign at 0x80, which GB 18030 has not.
            (_text, _next) = (
                isChinese && bytesUnknown is [0x80] ? "€"
                : read is [not ('?' or '\u30FB')] ? read
                : "\uFFFD",
                0
            );
            return true;
        }

        public override char GetNextChar() => _next < _text.Length ? _text[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
            {
                return false;
            }

            _next--;
            return true;
        }

        public override void Reset() => (_text, _next) = ("", 0);
    }
}
