using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Hub.Api.Auth;

/// <summary>
/// The files of the key ring. Nodes that start at once on an empty folder would each make a key, and would not know the others' for a day: here the first
/// one is kept, and the others take it for their own.
/// </summary>
internal sealed class KeyRingFolder(DirectoryInfo folder, ILoggerFactory logging) : IXmlRepository
{
    private const string Key = "key";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly FileSystemXmlRepository _files = new(folder, logging);
    private int _keysRead;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var elements = _files.GetAllElements();
        Volatile.Write(ref _keysRead, KeysIn(elements));
        return elements;
    }

    /// <summary>Keeps nothing when another node has added a key since the ring was read: the ring is read again after this.</summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var held = Lock();
        if (element.Name.LocalName != Key || KeysIn(_files.GetAllElements()) == Volatile.Read(ref _keysRead))
        {
            _files.StoreElement(element, friendlyName);
        }
    }

    private static int KeysIn(IReadOnlyCollection<XElement> elements) => elements.Count(static element => element.Name.LocalName == Key);

    /// <summary>The file stays: where it is removed, one may hold the old file and another the new one.</summary>
    /// <exception cref="IOException">Another node holds it for too long.</exception>
    private FileStream Lock()
    {
        for (var waited = TimeSpan.Zero; ; waited += Step)
        {
            try
            {
                return new FileStream(Path.Combine(folder.FullName, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < Patience)
            {
                Thread.Sleep(Step);
            }
        }
    }
}
