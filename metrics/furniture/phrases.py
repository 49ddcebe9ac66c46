"""The phrases that sites print around their articles, by class.

General wording in English, German, French, Spanish, Italian, Portuguese, Dutch, Russian, Chinese,
Japanese and Korean, in this order within each class; no site's name stands here.
"""

from collections.abc import Mapping

#: What stands as a line of its own, or opens one.
LABELS: Mapping[str, str] = {
    "navigation": """
        home|homepage|menu|main menu|search|site search|about|about us|who we are|our team|contact|contact us|help
        |support|faq|faqs|site map|sitemap|site index|section|sections|category|categories|archive|archives|next
        |previous|prev|back to|back to top|return to top|scroll to top|top of page|skip to|skip to content|jump to
        |main content|navigation|toggle|close|open|expand|collapse|show more|show less|load more|loading|more|view all
        |see all|all articles|all news|browse|explore|careers|jobs|vacancies|advertise|advertise with us|press|shop
        |store|apps|mobile|rss|rss feed|language|edition|preferences|settings|feedback|directory|events|calendar
        |weather|horoscopes|obituaries|classifieds|gallery|galleries|photos|video|videos|podcast|podcasts|live|watch
        |watch live|listen|play|replay|image 1 of|page|learn more|full bio|site|news|politics|business|sport|sports
        |opinion|opinions|culture|lifestyle|health|science|technology|tech|entertainment|travel|world|markets|local
        |latest edition|current issue
        |startseite|menü|suche|suchen|über uns|kontakt|hilfe|übersicht|zurück|zurück zur|weiter|nächste|vorherige
        |nach oben|zum seitenanfang|seitenanfang|zum inhalt|inhalt|schließen|mehr|alle artikel|karriere|stellenangebote
        |mediadaten|ressorts|rubriken|wetter|sprache|nachrichten|politik|wirtschaft|kultur|wissen|reise|meinung
        |accueil|recherche|rechercher|à propos|qui sommes-nous|contactez-nous|aide|retour|retour en haut|haut de page
        |suivant|précédent|fermer|voir plus|voir tout|plus|rubriques|emplois|annonceurs|boutique|plan du site
        |actualités|politique|économie|culture|météo|opinions|sciences|santé
        |inicio|portada|buscar|búsqueda|quiénes somos|acerca de|contacto|ayuda|volver|volver arriba|ir al contenido
        |siguiente|anterior|cerrar|ver más|ver todo|más|secciones|empleo|tienda|mapa del sitio|noticias|política
        |economía|cultura|deportes|opinión|tecnología|salud|ciencia|hemeroteca
        |cerca|ricerca|chi siamo|contatti|aiuto|indietro|torna su|torna all'inizio|vai al contenuto|successivo
        |precedente|chiudi|vedi tutti|altro|sezioni|lavora con noi|negozio|mappa del sito|notizie|cronaca|politica
        |economia|opinioni|salute|meteo|scienza
        |início|página inicial|busca|buscar|pesquisar|quem somos|sobre|sobre nós|fale conosco|contato|contactos|ajuda
        |voltar|voltar ao topo|pular para o conteúdo|ir para o conteúdo|próximo|próxima|fechar|ver mais|ver todos|mais
        |saiba mais|seções|secções|trabalhe conosco|anuncie|loja|mapa do site|notícias|desporto|esportes|saúde|ciência
        |zoeken|over ons|terug|terug naar boven|naar boven|naar de inhoud|volgende|vorige|sluiten|meer|bekijk alles
        |rubrieken|vacatures|adverteren|winkel|nieuws|economie|cultuur|weer|wetenschap|gezondheid
        |главная|меню|поиск|о нас|о проекте|о компании|контакты|помощь|назад|наверх|вверх|к началу страницы|далее
        |следующая|предыдущая|закрыть|ещё|все новости|все статьи|разделы|рубрики|вакансии|магазин|карта сайта|новости
        |политика|экономика|культура|спорт|общество|происшествия|наука|погода|мнения|форум|архив
        |首页|主页|菜单|搜索|检索|关于我们|联系我们|帮助|返回|返回顶部|回到顶部|上一篇|下一篇|上一页|下一页|关闭|更多|展开
        |收起|栏目|频道|网站地图|招聘|首頁|搜尋|關於我們|聯絡我們|回到頂端|新闻|新聞|时政|国际|财经|体育|娱乐|科技
        |ホーム|トップ|メニュー|検索|お問い合わせ|問い合わせ|会社概要|ヘルプ|戻る|上へ戻る|次へ|前へ|次の記事|前の記事
        |閉じる|もっと見る|一覧|サイトマップ|採用情報|ニュース|政治|経済|国際|スポーツ|社会
        |홈|메뉴|검색|회사소개|문의|찾아오시는길|도움말|뒤로가기|목록|맨위로|위로|다음글|이전글|닫기|더보기|전체보기
        |사이트맵|채용|주요뉴스|뉴스|정치|경제|사회|문화|스포츠|연예|국제""",
    "sharing": """
        share|shares|share this|share on|share to|share via|sharing|share this story|share this article|tweet|tweet on
        |pin|pin it|pin on|like|likes|like this|follow|follow us|follow us on|follow on|followers|fans|facebook|twitter
        |instagram|whatsapp|telegram|linkedin|pinterest|reddit|flipboard|youtube|tumblr|messenger|tiktok|snapchat
        |stumbleupon|google+|pocket|buffer|mastodon|bluesky|kakaotalk|vkontakte|weibo|wechat|xing|email|e-mail|mail|sms
        |print|copy link|copy this link|link copied|copied|social media|stay connected|connect with us|click to tweet
        |view on|bookmark|save|read later|opens in new window
        |teilen|jetzt teilen|teilen auf|twittern|folgen|folgen sie uns|folge uns|drucken|merken|link kopieren
        |gefällt mir
        |partager|partager sur|partagez|suivre|suivez-nous|imprimer|envoyer|envoyer par mail|copier le lien|j'aime
        |compartir|compartir en|comparte|síguenos|síguenos en|seguir|imprimir|enviar|copiar enlace|me gusta|tuitear
        |condividi|condividi su|seguici|seguici su|segui|stampa|invia|copia link|mi piace
        |compartilhar|compartilhe|partilhar|siga-nos|seguir|siga|copiar link|curtir
        |delen|deel|deel dit|deel op|volg ons|volg|afdrukken|kopieer link|vind ik leuk
        |поделиться|поделиться в|распечатать|отправить|скопировать ссылку|нравится|вконтакте|мы в соцсетях|одноклассники
        |分享|分享到|分享至|转发|关注|关注我们|点赞|收藏|打印|复制链接|微信|微博|扫一扫|二维码|朋友圈|追蹤|列印
        |シェア|シェアする|ツイート|フォロー|フォローする|印刷|いいね|はてなブックマーク
        |공유|공유하기|페이스북|트위터|카카오톡|카카오스토리|인쇄|인쇄하기|스크랩|팔로우|좋아요|글자크기""",
    "subscription": """
        subscribe|subscribe to|subscribe now|subscriber|subscribers|subscription|subscriptions|unsubscribe|newsletter
        |newsletters|sign up|sign up for|signup|sign in|signin|log in|login|log out|logout|logged in|register|join
        |join us|join now|join our|member|members|membership|my account|account|account settings|your account|password
        |forgot password|remember me|username|my profile|inbox|alerts|e-edition|digital edition|print edition
        |free trial|donate|support us|email address|thanks for signing up|notifications
        |abonnieren|jetzt abonnieren|abo|abonnement|anmelden|jetzt anmelden|registrieren|einloggen|ausloggen|abmelden
        |mein konto|konto|passwort|passwort vergessen|epaper|e-paper|mitglied werden|spenden
        |abonnez-vous|s'abonner|je m'abonne|abonnés|réservé aux abonnés|connexion|se connecter|s'inscrire|inscription
        |inscrivez-vous|déconnexion|mon compte|mot de passe|infolettre|faire un don
        |suscríbete|suscribirse|suscripción|suscríbase|boletín|boletines|iniciar sesión|regístrate|registrarse
        |cerrar sesión|mi cuenta|contraseña|hazte socio|donar
        |abbonati|abbonamento|abbonamenti|iscriviti|iscrizione|accedi|registrati|esci|dona
        |assine|assinar|assinatura|assinante|inscreva-se|subscrever|subscreva|entrar|cadastre-se|cadastro|sair
        |minha conta|senha|boletim|doe
        |abonneer|abonneren|abonnee|inloggen|uitloggen|aanmelden|registreren|wachtwoord|nieuwsbrief|nieuwsbrieven|doneer
        |подписаться|подписка|подпишитесь|подписывайтесь|рассылка|рассылку|войти|вход|регистрация|зарегистрироваться
        |выйти|личный кабинет|пароль|забыли пароль
        |订阅|登录|注册|登陆|退出|会员|用户名|密码|客户端|下载|訂閱|登入|註冊|會員|電子報
        |購読|会員登録|ログイン|ログアウト|新規登録|メルマガ|会員限定|パスワード
        |구독|구독하기|로그인|로그아웃|회원가입|회원|비밀번호|뉴스레터|후원""",
    "advertising": """
        advertisement|advertisements|advertising|advertorial|sponsored|sponsored by|sponsored content|sponsored links
        |promoted|promoted content|ad|ads|adchoices|paid content|partner content|supported by|buy now|shop now
        |get the app|download the app|order now|deals|coupons|coupon|promo code|click here|affiliate|from our partners
        |anzeige|werbung|gesponsert|jetzt kaufen|jetzt bestellen|hier klicken|angebote|gutschein
        |publicité|annonce|sponsorisé|contenu sponsorisé|acheter|cliquez ici|offres
        |publicidad|anuncio|patrocinado|contenido patrocinado|comprar|haga clic|ofertas
        |pubblicità|annuncio|sponsorizzato|contenuto sponsorizzato|acquista|clicca qui|offerte
        |publicidade|anúncio|conteúdo patrocinado|compre|clique aqui
        |advertentie|gesponsord|koop nu|klik hier|aanbiedingen
        |реклама|на правах рекламы|партнёрский материал|купить|скидки
        |广告|推广|赞助|点击|立即购买|廣告|贊助
        |広告|スポンサー|購入
        |광고|광고문의|협찬|구매|바로가기""",
    "related": """
        related|related article|related articles|related story|related stories|related content|related news
        |related links|related topics|related tags|related post|related posts|related coverage|read more|read next
        |read also|also read|read the full|see also|see more|more from|more on|more in|more stories|more news
        |more like this|more on this story|more articles|most read|most popular|most viewed|most shared
        |most commented|popular|trending|trending now|recommended|recommended for you|recommended stories|we recommend
        |you may also like|you may like|you might also like|don't miss|in case you missed it|also on|up next|next up
        |next article|next post|next story|previous article|previous post|previous story|latest|latest news
        |latest stories|latest headlines|top stories|top news|breaking news|headlines|editor's picks|editors' picks
        |our latest stories|must watch|must read|hot topics|featured|features|elsewhere on|recent posts|recent
        |key points|highlights|watch now|stories like this|other news|continue reading|keep reading|around the web
        |mehr zum thema|weitere artikel|weitere beiträge|das könnte sie auch interessieren|lesen sie auch
        |lesen sie mehr|mehr lesen|weiterlesen|auch interessant|meistgelesen|ähnliche artikel|verwandte artikel
        |verwandte themen|empfohlen|empfehlungen|neueste artikel|beliebt|zum thema
        |lire aussi|à lire aussi|lire la suite|lire plus|sur le même sujet|articles liés|articles similaires
        |les plus lus|les plus lues|à la une|recommandé|vous aimerez aussi|dernières nouvelles|en savoir plus
        |leer más|lea también|lee también|te puede interesar|también te puede interesar|noticias relacionadas
        |artículos relacionados|lo más leído|más leídas|lo más visto|más noticias|relacionadas|relacionados
        |últimas noticias|recomendados|seguir leyendo|ver también
        |leggi anche|leggi tutto|leggi di più|continua a leggere|articoli correlati|potrebbe interessarti|più letti
        |i più letti|ultime notizie|ti potrebbe interessare|correlati|in evidenza|vedi anche
        |leia também|leia mais|continue lendo|artigos relacionados|matérias relacionadas|veja também|veja mais|ler mais
        |mais lidas|mais lidos|você pode gostar
        |lees ook|lees meer|meer lezen|lees verder|gerelateerd|gerelateerde artikelen|meest gelezen|best gelezen
        |aanbevolen|bekijk ook|laatste nieuws|zie ook
        |читайте также|читать далее|читать дальше|подробнее|по теме|материалы по теме|похожие|похожие статьи
        |похожие новости|самое читаемое|популярное|самые популярные|рекомендуем|последние новости|смотрите также
        |другие новости|ещё по теме|выбор редакции|главные новости|лента новостей
        |相关阅读|相关新闻|相关文章|相关链接|推荐阅读|延伸阅读|阅读更多|阅读全文|点击排行|热门|热点|最新|最新消息|猜你喜欢
        |编辑推荐|相關新聞|相關文章|推薦|熱門|延伸閱讀|更多新闻|为你推荐
        |関連記事|関連リンク|関連ニュース|続きを読む|あわせて読みたい|おすすめ|人気記事|ランキング|最新記事|新着記事
        |注目|ピックアップ
        |관련기사|관련뉴스|관련 기사|많이 본|인기기사|인기뉴스|최신기사|최신뉴스|추천기사|더 읽기|핫이슈|함께 볼만한""",
    "comments": """
        comment|comments|add comment|add your comment|leave a comment|leave a reply|post a comment|view comments
        |show comments|all comments|loading comments|no comments|join the discussion|join the conversation|discussion
        |reply|replies|cancel reply|in reply to|have your say|report abuse|name required|required fields|required
        |submit|send|website|forum|forums|permalink|thoughts on|community guidelines|community standards
        |enable javascript|comments are closed
        |kommentar|kommentare|kommentar schreiben|kommentieren|antworten|antwort|diskutieren|pflichtfelder|absenden
        |commentaire|commentaires|commenter|laisser un commentaire|répondre|réagir|réactions
        |comentario|comentarios|comentar|deja un comentario|dejar un comentario|responder|respuestas
        |commento|commenti|commenta|lascia un commento|rispondi
        |comentário|comentários|comente|deixe um comentário|deixe uma resposta|cancelar resposta|link permanente
        |reactie|reacties|reageer|reageren|plaats een reactie|beantwoorden
        |комментарий|комментарии|комментариев|все комментарии|оставить комментарий|добавить комментарий|ответить
        |пожаловаться|отзывы|добавить отзыв|гость|обсудить
        |评论|发表评论|网友评论|我要评论|回复|跟帖|留言|評論|留言板|回覆
        |コメント|コメントする|コメントを書く|返信|投稿する
        |댓글|댓글쓰기|댓글달기|답글|신고""",
    "legal": """
        copyright|all rights reserved|rights reserved|terms|terms of use|terms of service|terms of sale
        |terms and conditions|terms conditions|privacy|privacy policy|privacy notice|privacy statement|cookie|cookies
        |cookie policy|cookie preferences|cookies policy|cookie settings|disclaimer|disclosure|legal|legal notice
        |licensing|reprints|imprint|accessibility|accessibility statement|code of ethics|ethics statement
        |editorial guidelines|corrections|trademark|trademarks|gdpr|your privacy rights|user agreement|powered by
        |impressum|datenschutz|datenschutzerklärung|agb|nutzungsbedingungen|urheberrecht|alle rechte vorbehalten
        |haftungsausschluss|barrierefreiheit
        |mentions légales|tous droits réservés|conditions d'utilisation|conditions générales|confidentialité
        |politique de confidentialité|données personnelles|gestion des cookies|cgu|cgv
        |aviso legal|todos los derechos reservados|términos|términos y condiciones|política de privacidad|privacidad
        |condiciones de uso|política de cookies|protección de datos
        |tutti i diritti riservati|diritti riservati|riproduzione riservata|note legali|condizioni d'uso
        |informativa sulla privacy|partita iva|termini e condizioni
        |todos os direitos reservados|direitos reservados|termos de uso|política de privacidade|privacidade
        |termos e condições|direitos autorais
        |alle rechten voorbehouden|algemene voorwaarden|gebruiksvoorwaarden|privacybeleid|privacyverklaring
        |cookiebeleid|colofon|auteursrecht
        |все права защищены|права защищены|пользовательское соглашение|политика конфиденциальности
        |конфиденциальность|правовая информация|условия использования|персональные данные|обработка данных
        |版权所有|版权|版权声明|免责声明|隐私政策|隐私|使用条款|服务条款|用户协议|备案号|icp备|icp证|许可证|法律声明
        |保留所有权利|保留一切权利|版權所有|隱私權|免責聲明|著作權
        |利用規約|プライバシーポリシー|個人情報保護|個人情報|著作権|特定商取引法|免責事項|無断転載|無断複製
        |저작권|저작권자|무단전재|무단 전재|재배포 금지|재배포|개인정보|개인정보처리방침|개인정보취급방침|이용약관
        |청소년보호정책|청소년보호책임자|발행인|편집인|등록번호|사업자등록번호|대표전화""",
    "credit": """
        photo|photos|photo by|photos by|photo credit|photograph|photographer|photography|image|images|image credit
        |image source|image copyright|image caption|media caption|caption|credit|credits|courtesy|courtesy of|picture
        |pictures|illustration|illustration by|file photo|file image|file picture|stock image|stock photo|handout
        |screenshot|screengrab|getty|getty images|reuters|afp|ap|ap photo|associated press|epa|dpa|alamy|istock
        |shutterstock|unsplash|pixabay|wikimedia commons|creative commons|submitted photo|graphic|enlarge image
        |foto|fotos|bild|bilder|bildquelle|bildunterschrift|fotograf|fotografin|archivbild|symbolbild|symbolfoto|grafik
        |quelle|picture alliance|imago
        |photographie|crédit|crédits|crédit photo|légende|image d'illustration|photo d'archives
        |fotografía|imagen|crédito|foto de archivo|cortesía|fuente|efe
        |immagine|immagini|fonte|ansa|archivio|foto d'archivio
        |imagem|imagens|divulgação|reprodução|arquivo|foto de arquivo|lusa
        |beeld|archieffoto|bron|anp
        |фото|фотография|иллюстрация|источник|источник фото|риа новости|тасс|изображение
        |图片|图源|图片来源|供图|资料图|新华社|新华社发|中新社|圖片|圖片來源|資料圖|攝影
        |写真|画像|写真提供|画像提供|撮影|共同通信|ロイター|時事通信
        |사진|사진제공|사진출처|출처|이미지|연합뉴스|뉴시스|자료사진""",
    "byline": """
        by|written by|posted by|published by|author|authors|about the author|reporter|staff|staff writer|staff report
        |staff reports|staff reporter|contributor|contributors|contributing writer|columnist|editor|senior editor
        |editor-in-chief|editor-at-large|correspondent|special to|analysis by|edited by|opinion by|text by|words by
        |wire services|news service
        |von|autor|autorin|redaktion|redakteur|redakteurin|korrespondent|ein beitrag von|über den autor|text
        |par|auteur|rédaction|journaliste|correspondant|envoyé spécial|publié par|propos recueillis
        |por|autora|redacción|redactor|redactora|corresponsal|enviado especial|publicado por
        |di|a cura di|autore|redazione|giornalista|inviato|corrispondente|scritto da
        |da redação|redação|repórter|jornalista|colunista|escrito por|sobre o autor
        |door|redactie|redacteur|verslaggever|correspondent|geschreven door
        |автор|авторы|текст|редакция|корреспондент|обозреватель|журналист|редактор
        |记者|作者|编辑|责任编辑|责编|来源|通讯员|本报记者|記者|責任編輯|編輯|來源|特约记者
        |著者|執筆|編集部|筆者|特派員
        |기자|특파원|편집""",
    "dates": """
        published|published on|updated|last updated|last modified|posted|posted on|posted at|first published|min read
        |mins read|minute read|minutes read|reading time|read time|hour ago|hours ago|day ago|days ago|minute ago
        |minutes ago|mins ago|week ago|weeks ago|year ago|years ago|months ago|yesterday|today|date|views|word count
        |am|pm|gmt|est|edt|pst|utc|cet|et|pt
        |veröffentlicht|veröffentlicht am|publiziert|publiziert am|aktualisiert|stand|lesezeit|minuten lesezeit|uhr
        |zuletzt aktualisiert
        |publié|publié le|mis à jour|mis à jour le|mise à jour|temps de lecture|modifié le|il y a
        |publicado|publicado el|actualizado|actualizado el|tiempo de lectura|min de lectura
        |pubblicato|pubblicato il|aggiornato|aggiornato il|tempo di lettura|ultimo aggiornamento|ore fa
        |publicado em|atualizado|atualizado em|tempo de leitura|anos atrás|horas atrás|dias atrás|última atualização
        |gepubliceerd|gepubliceerd op|bijgewerkt|laatst bijgewerkt|leestijd|geleden
        |опубликовано|обновлено|дата публикации|время чтения|часов назад|часа назад|дней назад|минут назад|просмотров
        |发布时间|发布于|更新时间|更新于|日期|小时前|分钟前|天前|阅读量|浏览|字号|發布|更新|閱讀
        |公開日|更新日|配信|公開|掲載|時間前
        |입력|수정|기사입력|최종수정|등록|조회수|승인|시간 전""",
    "tags": """
        tag|tags|topic|topics|keywords|filed under|in this story|in this article|about this article|source|sources
        |schlagworte|schlagwörter|themen|stichworte|kategorie|kategorien|mots-clés|thèmes|sujets|étiquettes
        |etiquetas|temas|palabras clave|argomenti|temi|etichette|assuntos|categorias|palavras-chave
        |trefwoorden|onderwerpen|теги|тэги|метки|темы|ключевые слова
        |标签|关键词|关键字|標籤|關鍵字|タグ|キーワード|カテゴリ|태그|키워드""",
}

#: What an article hardly ever words so, wherever it stands.
NOTICES: Mapping[str, str] = {
    "rights": """
        all rights reserved|all right reserved|may not be published|may not be reproduced|rewritten or redistributed
        |without permission|written permission|without the written|subject to copyright|reproduced with permission
        |reprinted with permission|registered trademark|registered trademarks|are trademarks of|is a trademark of
        |all trademarks|respective owners|rightful owners|copyright owner|copyright holder|owner of the content
        |aggregator|aggregators|automatically generated|automatically aggregated|syndicated feed
        |informational purposes|for information purposes|views expressed|opinions expressed|views and opinions
        |do not necessarily reflect|those of the author|originally published|this article was originally
        |this article first appeared|republished from|republished under|permission of the|terms of service
        |terms of use|privacy policy|privacy notice|cookie policy|by signing up|by subscribing|by submitting
        |by registering|you agree to|you consent|recaptcha|quotes delayed|no responsibility for|external links
        |external sites|uses cookies|use cookies|use of cookies|your browser|javascript
        |alle rechte vorbehalten|ohne genehmigung|vervielfältigung|urheberrechtlich|jeweiligen eigentümer
        |jeweiligen inhaber|datenschutzerklärung|nutzungsbedingungen|verwendet cookies|automatisch erstellt
        |automatisch generiert|meinung der redaktion|mit der anmeldung
        |tous droits réservés|reproduction interdite|sans autorisation|propriétaires respectifs
        |politique de confidentialité|utilise des cookies|conditions d'utilisation|en vous inscrivant|n'engagent que
        |todos los derechos reservados|prohibida su reproducción|prohibida la reproducción|sus respectivos dueños
        |respectivos propietarios|política de privacidad|utiliza cookies|términos de uso
        |tutti i diritti riservati|riproduzione riservata|rispettivi proprietari|informativa sulla privacy
        |utilizza cookie|vietata la riproduzione
        |todos os direitos reservados|proibida a reprodução|respetivos proprietários|respectivos proprietários
        |política de privacidade|termos de uso
        |alle rechten voorbehouden|zonder toestemming|respectievelijke eigenaren|privacybeleid|gebruikt cookies
        |все права защищены|при использовании материалов|перепечатка|при цитировании|активная ссылка|гиперссылка
        |правообладателям|правообладателю|мнение редакции|мнение автора|политика конфиденциальности
        |политикой конфиденциальности|пользовательского соглашения|файлы cookie
        |版权所有|版权归|未经授权|未经许可|不得转载|禁止转载|转载请注明|请注明出处|免责声明|不代表本|联系删除|版权声明
        |仅供参考|本网站|版權所有|未經授權|不得轉載
        |無断転載|転載を禁じ|無断複製|転載禁止|著作権は|利用規約|プライバシーポリシー
        |무단전재|무단 전재|재배포 금지|재배포를 금지|저작권법|저작권자|무단 복제""",
    "invitation": """
        subscribe to|subscribe for|subscribe now|unsubscribe|our newsletter|our newsletters|the newsletter|sign up for
        |sign up to|sign up here|sign up today|delivered to your inbox|to your inbox|your inbox|stay up to date
        |get the latest|get breaking|follow us on|follow us|follow on|click here|click to|click on the
        |download the app|download our app|join our|join us on|our facebook|share your thoughts|share this
        |share it with|like this story|like this article|send us a tip|tip us|contact us|email us|write to us
        |get in touch with us|check out our|find out more|read our|see our|visit our|support our journalism
        |earn a commission|affiliate commission|affiliate links|affiliate partnerships|receive a commission
        |products purchased|purchase through|save my name|will not be published|won't be published|required fields
        |your comment|your comments|leave a comment|comment on this|please log in|log in to|please be respectful
        |moderates comments|moderating comments|off-topic|thanks for signing|thanks for subscribing|for more news
        |for more newsletters|no spam|please try again|opt out of|opt-in|on our website
        |newsletter|abonnieren sie|melden sie sich|folgen sie uns|hier klicken|klicken sie|jetzt anmelden
        |kostenlos abonnieren|ihre e-mail|wird nicht veröffentlicht|schreiben sie uns|hier abonnieren
        |abonnez-vous|inscrivez-vous|suivez-nous|cliquez ici|notre infolettre|votre adresse e-mail
        |ne sera pas publiée|contactez-nous|téléchargez
        |suscríbete|suscríbase|síguenos|haz clic|haga clic|nuestro boletín|tu correo|no será publicada
        |iscriviti|seguici su|clicca qui|non sarà pubblicato|scarica l'app
        |assine|inscreva-se|siga-nos|clique aqui|clique na|clique e|não será publicado|fale conosco
        |meld je aan|schrijf je in|volg ons|klik hier|onze nieuwsbrief|wordt niet gepubliceerd
        |подпишитесь|подписывайтесь|подписывайся|подписываясь|нажмите|читайте нас|следите за|наш канал
        |наш телеграм|в нашем канале|присылайте|не будет опубликован
        |欢迎关注|关注我们|扫码|扫描二维码|点击查看|点击进入|点击下载|下载客户端|订阅我们|訂閱我們
        |こちらから|フォローして|メールマガジン|無料登録|お申し込み
        |구독하기|구독을|제보|앱 다운로드""",
    "credit": """
        photo by|photos by|photo credit|image credit|image source|image copyright|picture by|pictured above
        |courtesy of|photo courtesy|image courtesy|file photo|getty images|ap photo|via getty|via ap|via reuters
        |archive photo|illustration by|stock image|stock photo
        |bildquelle|foto von|symbolbild|archivbild|picture alliance|crédit photo|photo d'archives
        |image d'illustration|foto de archivo|foto d'archivio|foto di|foto de|beeld anp
        |источник фото|图片来源|资料图|新华社发|写真提供|画像提供|사진제공|사진출처|사진 제공""",
    "reporting": """
        reporting by|additional reporting|contributed reporting|contributed research|contributed to this report
        |contributed to this story|contributed to this article|reported from|reporting from|editing by
        |with files from|is a reporter for|is a staff writer|is a freelance|is the editor|is a contributor
        |is a columnist for|award-winning writer|can be reached at|has been reporting
        |mit agenturen|mit material von|berichtet aus|mitarbeit
        |avec afp|avec reuters|ont contribué|a contribué à cet article|avec agences
        |con información de|con informaciones de|contribuyó a este|contribuyeron a este
        |ha collaborato|hanno collaborato|con informazioni di
        |colaborou|colaboraram|com informações
        |met medewerking van|heeft bijgedragen
        |при участии|материал подготовил|материал подготовила|материал подготовили
        |参与采写|综合报道|责任编辑|责编|实习生|采写|綜合報導|報道）|报道）
        |取材協力|聞き手
        |기자 =""",
}
