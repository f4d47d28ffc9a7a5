extension SentenceRules {
  static let polish = SentenceRules(
    never: """
      dr prof mgr inż lic hab med ks bp abp św al ul pl os gen płk mjr kpt por
      ppor chor sierż plut kpr adm red dyr kier zast np m.in tj t.j tzn tzw zob por zwł wg ww
      śp godz tel wyd oprac tłum przyp ang niem łac ros jw w.w pt woj gm pow sp
      """,
    mayEnd: """
      ok
      itd itp i.t.d i.t.p r w.r rr n.e p.n.e pne n.p.m etc zł gr tys mln mld max min sek
      sty lut mar kwi cze lip sie wrz paź lis gru pon wt śr czw sob niedz
      sp.z.o.o s.a
      """,
    beforeNumber: "nr nry s str rozdz rys tab art ust pkt poz t vol fig",
    starters: """
      to ten ta te ci tamten on ona ono oni one my wy ja ty ale i a lub albo bo więc jeśli gdy kiedy
      że kto co jak gdzie dlaczego w we na do od po z ze za przed przez dla po potem teraz tu tam
      nie tak czy jego jej ich mój moja nasz był była było są jest
      """,
    hasOrdinals: true,
    afterOrdinal: "dywizja dywizji pułk pułku",
    beforeOrdinal: "")
}
