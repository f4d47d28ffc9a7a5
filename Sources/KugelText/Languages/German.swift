extension SentenceRules {
  static let german = SentenceRules(
    never: """
      Mag
      dr prof hr hrn fr frl st dipl ing med phil jur rer nat habil oec theol h.c dipl.ing
      z.b zb bzw d.h dh i.d.r i.a i.allg i.ü u.a ua u.u u.z v.a va v.d vgl sog evtl ggf ggfs
      ca inkl exkl zzgl abzgl mind insb insbes bspw z.t zt z.zt z.hd zz tel
      geb gest verh gegr gesp gez allg amtl ehem entspr erg exkl franz engl dt lat griech ital
      lt m.e m.w mwst o.g o.a s.o s.u s.a a.a.o a.d i.v i.s i.e i.h.v i.r
      str pl hptst hbf abt red hrsg verf übers bearb aufl ausg jg jh jhd jhdt
      stellv vors präs gen kfm techn wiss zit schw svw urspr vorm nachm zw zzt tgl wö mtl jährl
       od bes betr bez gem ges
      """,
    mayEnd: """
      max min
      usw usf etc u.s.w u.s.f o.ä u.ä u.v.m u.v.a u.a.m uvm u.dgl dgl o.dgl o.dgl.m n.chr v.chr
      chr p.m a.m n.n e.v gmbh co kg Std Sek Mio Mrd Tsd Stk
      Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do Fr Sa So
      """,
    beforeNumber: "S nr nrn art abs abb tab kap bd bde anm aufl ziff rn rdnr fig zi",
    starters: """
      der die das dem den des ein eine einer eines einem einen er sie es wir ihr ich du man
      dies diese dieser dieses jene jener dort da dann danach nun aber und oder doch denn so als wenn
      weil obwohl während wer was wie wo warum wann welche welcher mein dein sein unser in im an am
      auf aus bei mit nach von vor zu zum zur für ob auch nicht nein ja hier heute gestern morgen
      """,
    hasOrdinals: true,
    afterOrdinal: """
      januar jänner februar märz april mai juni juli august september oktober november dezember
      jan jän feb febr mär apr jun jul aug sep sept okt nov dez jahrhundert jahrhunderts jh jhd
      jahrtausend klasse platz stock etage kapitel mal tag woche monat weltkrieg bundesliga liga
      geburtstag lebensjahr runde minute stunde auflage teil bezirk
      """,
    beforeOrdinal: """
      am der die das dem den des zum zur vom im beim ab bis seit jeder jede jedes jedem jeden
      mein dein sein ihr unser ihre seine meine ihren seinen meinen ihrem seinem meinem
      """,
    suffixesBeforeNumber: ["str"])
}
